package io.hourglass.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.services.Await;
import io.hourglass.services.Port;
import io.hourglass.services.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Alertmanager, asked by amtool and by its API. */
final class AlertmanagerProcess implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path program = Tool.required("prometheus-alertmanager");
  private final Path amtool = Tool.required("amtool");
  private final Path directory;
  private final int port = Port.free();
  private Process process;

  AlertmanagerProcess(Path directory) {
    this.directory = directory;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void start() throws IOException {
    Path conf = Files.writeString(Files.createDirectories(directory).resolve("conf.yml"), "route: { receiver: none }\nreceivers: [ { name: none } ]\n");
    process = new ProcessBuilder(program.toString(), "--config.file=" + conf, "--storage.path=" + directory.resolve("data"),
        "--web.listen-address=127.0.0.1:" + port, "--cluster.listen-address=")
        .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
    Await.until("Alertmanager is ready, or has ended", Duration.ofSeconds(60),
        () -> !process.isAlive() || ask("GET", "/-/ready", "").statusCode() == 200);
    if (!process.isAlive()) {
      throw new IllegalStateException("Alertmanager ended: " + Files.readString(directory.resolve("log")));
    }
  }

  /** At once, with all that it knows of alerts. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** What amtool prints for {@code alert query}, as JSON: the alerts that fire. */
  JsonNode query(String... arguments) {
    List<String> command = new ArrayList<>(List.of(amtool.toString(), "--alertmanager.url=" + url(), "--output=json", "alert", "query"));
    command.addAll(List.of(arguments));
    try {
      Process amtool = new ProcessBuilder(command).redirectError(directory.resolve("amtool").toFile()).start();
      String out = new String(amtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      amtool.waitFor(30, TimeUnit.SECONDS);
      return JSON.readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> ask(String method, String path, String body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body)).timeout(Duration.ofSeconds(10)).build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode json(String path) {
    try {
      return JSON.readTree(ask("GET", path, "").body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
