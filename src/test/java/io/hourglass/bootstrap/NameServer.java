package io.hourglass.bootstrap;

import io.hourglass.services.Await;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import io.hourglass.services.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real DNS server (dnsmasq) on a port of 127.0.0.1 that knows one headless service, as {@code _management._tcp.hours.test}. */
final class NameServer implements AutoCloseable {
  static final String SERVICE = "hours.test";

  private final int port = Port.free();
  private final Process process;

  /** Serves an SRV record for each place, and an A record for the name in it. Ends the test when there is no dnsmasq. */
  NameServer(List<ThreeNodes.Place> places) {
    List<String> line = new ArrayList<>(List.of(Tool.required("dnsmasq").toString(), "--keep-in-foreground", "--conf-file=/dev/null",
        "--no-resolv", "--no-hosts", "--local=/test/", "--port=" + port, "--listen-address=" + Port.HOST, "--bind-interfaces",
        "--pid-file=", "--user=" + System.getProperty("user.name"), "--log-queries", "--log-facility=-"));
    for (int i = 0; i < places.size(); i++) {
      String name = "node-" + (i + 1) + "." + SERVICE;
      line.add("--srv-host=_management._tcp." + SERVICE + "," + name + "," + places.get(i).management());
      line.add("--host-record=" + name + "," + places.get(i).host());
    }
    process = start(line);
    Await.until("dnsmasq answers", Duration.ofSeconds(20), this::listens);
  }

  private static Process start(List<String> line) {
    try {
      Path log = Services.directory("dnsmasq.log");
      Files.createDirectories(log.getParent());
      return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(Port.HOST, port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  String address() {
    return Port.HOST + ":" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
