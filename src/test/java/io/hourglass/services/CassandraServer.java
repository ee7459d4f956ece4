package io.hourglass.services;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A real Cassandra of one node, on 127.0.0.1 unless told otherwise.
 *
 * <p>Data and configuration live below its directory and are kept. Cassandra 5 runs on Java 11 or 17: on another Java,
 * {@code CASSANDRA_JAVA_HOME} names the one to use. See {@code src/services/cassandra}.
 */
public final class CassandraServer extends Server {
  private static final byte[] OPTIONS_REQUEST = {4, 0, 0, 0, 5, 0, 0, 0, 0};
  private static final byte[] SUPPORTED = {(byte) 0x84, 0, 0, 0, 6};
  private static final String PERIODIC = "commitlog_sync: periodic\ncommitlog_sync_period: 10s";
  private static final String GROUPED = "commitlog_sync: group\ncommitlog_sync_group_window: 5ms";

  private final Path directory;
  private final int port;
  private boolean fullJit;
  private boolean sync = true;
  private String commitlog = PERIODIC;
  private String heap = "512m";
  private String host = Port.HOST;
  private Consumer<String> progress = message -> {};

  /** A server that keeps its data below the directory and listens for CQL on the port. */
  public CassandraServer(Path directory, int port) {
    super("Cassandra", directory);
    this.directory = directory;
    this.port = port;
  }

  /** For benchmarks: compiled by all of the JIT, slower to start. */
  public CassandraServer fullJit() {
    fullJit = true;
    return this;
  }

  /** For tests only: nothing is forced to disk. Quicker, and no figure measured this way means anything. */
  public CassandraServer withoutSync() {
    sync = false;
    return this;
  }

  /**
   * A write is in the commit log before it is acknowledged. As Cassandra is set otherwise, one that crashes may have lost
   * some that it acknowledged; with one node nobody else has them.
   */
  public CassandraServer crashSafe() {
    commitlog = GROUPED;
    return this;
  }

  public CassandraServer heap(String size) {
    heap = size;
    return this;
  }

  /** Another address of this machine than 127.0.0.1 to listen on for CQL. */
  public CassandraServer host(String address) {
    host = address;
    return this;
  }

  /** Told what takes time before the server itself starts. */
  public CassandraServer progress(Consumer<String> listener) {
    progress = listener;
    return this;
  }

  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(host, port);
  }

  /** {@code 127.0.0.1:9042}. */
  public String address() {
    return host + ":" + port;
  }

  public int port() {
    return port;
  }

  @Override
  protected JvmCommand command() {
    Port.requireFree(port, "Cassandra", "Set HOURGLASS_CASSANDRA=" + Port.HOST + ":<port> for another one.");
    var classPath = new ServerClasspath("cassandra").resolve(progress);
    var yaml = directory.resolve("cassandra.yaml");
    new Template(templates().resolve("cassandra.yaml")).write(yaml, Map.of("host", host, "port", port, "storagePort", Port.free(), "commitlog", commitlog));
    return new JvmCommand("org.apache.cassandra.service.CassandraDaemon").javaHome(javaHome()).directory(directory)
        .classPath(classPath).options(options(yaml));
  }

  private List<String> options(Path yaml) {
    var options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap, "-Xss512k", "-XX:+ExitOnOutOfMemoryError",
        "-Dcassandra.config=" + yaml.toUri(), "-Dcassandra.storagedir=" + directory.resolve("data"),
        "-Dlogback.configurationFile=" + templates().resolve("logback.xml"), "-Dcassandra.skip_sync=" + !sync));
    options.addAll(fullJit ? List.of("-XX:+UseG1GC") : List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    options.add("@" + templates().resolve("jvm.options"));
    return options;
  }

  /** Cassandra answers when it answers the protocol's first question, not when it accepts a connection. */
  @Override
  protected boolean ready() {
    try (var socket = new Socket()) {
      socket.connect(contactPoint(), 200);
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(OPTIONS_REQUEST);
      var head = new DataInputStream(socket.getInputStream()).readNBytes(SUPPORTED.length);
      return Arrays.equals(head, SUPPORTED);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(180);
  }

  @Override
  protected Duration stopTimeout() {
    return Duration.ofSeconds(45);
  }

  private static Path templates() {
    return Checkout.path("src/services/cassandra");
  }

  private static Path javaHome() {
    var other = System.getenv("CASSANDRA_JAVA_HOME");
    if (other != null && Files.exists(Path.of(other, "bin"))) {
      return Path.of(other);
    }
    var feature = Runtime.version().feature();
    if (feature != 17 && feature != 11) {
      throw new ServerFailure("Cassandra 5 needs Java 17, this is Java " + feature
          + ". Set CASSANDRA_JAVA_HOME to a Java 17, or JAVA_HOME for all of it.");
    }
    return Path.of(System.getProperty("java.home"));
  }
}
