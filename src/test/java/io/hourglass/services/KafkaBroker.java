package io.hourglass.services;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A real Kafka broker of one node (KRaft, broker and controller in one), on 127.0.0.1 unless told otherwise.
 *
 * <p>Data and configuration live below its directory; the storage is formatted once and kept after that. Topics are
 * created by themselves with four partitions when first used. See {@code src/services/kafka}.
 */
public final class KafkaBroker extends Server {
  private static final String STARTED = "Kafka Server started";

  private final Path directory;
  private final int port;
  private boolean fullJit;
  private String heap = "512m";
  private String host = Port.HOST;
  private Consumer<String> progress = message -> {};

  /** A broker that keeps its data below the directory and listens on the port. */
  public KafkaBroker(Path directory, int port) {
    super("Kafka", directory);
    this.directory = directory;
    this.port = port;
  }

  /** For benchmarks: compiled by all of the JIT, slower to start. */
  public KafkaBroker fullJit() {
    fullJit = true;
    return this;
  }

  public KafkaBroker heap(String size) {
    heap = size;
    return this;
  }

  /** Another address of this machine than 127.0.0.1 to listen on. */
  public KafkaBroker host(String address) {
    host = address;
    return this;
  }

  /** Told what takes time before the server itself starts. */
  public KafkaBroker progress(Consumer<String> listener) {
    progress = listener;
    return this;
  }

  public String bootstrap() {
    return host + ":" + port;
  }

  public int port() {
    return port;
  }

  @Override
  protected JvmCommand command() {
    Port.requireFree(port, "Kafka", "Set HOURGLASS_KAFKA=" + Port.HOST + ":<port> for another one.");
    var classPath = new ServerClasspath("kafka").resolve(progress);
    configure();
    if (!Files.exists(data().resolve("meta.properties"))) {
      progress.accept("formatting its storage");
      format(classPath);
    }
    return java(classPath, "kafka.Kafka").arguments(properties().toString());
  }

  private void configure() {
    var values = Map.of("host", host, "port", port, "controllerPort", Port.free(), "data", slashes(data()));
    new Template(Checkout.path("src/services/kafka/server.properties")).write(properties(), values);
  }

  private void format(String classPath) {
    try {
      Services.empty(data()); // what is left of a formatting that was cut off
      var format = java(classPath, "kafka.tools.StorageTool")
          .arguments("format", "-t", Uuid.randomUuid().toString(), "-c", properties().toString()).start(log().path());
      if (format.waitFor() != 0) {
        throw new ServerFailure("Kafka could not format " + data() + ":\n" + log().tail(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }

  private JvmCommand java(String classPath, String mainClass) {
    return new JvmCommand(mainClass).classPath(classPath).options(options()).directory(directory);
  }

  private List<String> options() {
    var options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        "-Dlog4j2.configurationFile=" + Checkout.path("src/services/kafka/log4j2.properties").toUri()));
    options.addAll(fullJit ? List.of("-XX:+UseG1GC") : List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    return options;
  }

  @Override
  protected boolean ready() {
    return log().line(STARTED).isPresent();
  }

  /** Creates the topics that are not there yet. */
  public void createTopics(int partitions, String... names) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      var topics = Stream.of(names).map(name -> new NewTopic(name, partitions, (short) 1)).toList();
      admin.createTopics(topics).values().forEach(KafkaBroker::awaitCreated);
    }
  }

  private static void awaitCreated(String topic, KafkaFuture<Void> created) {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new ServerFailure("Kafka could not create the topic " + topic, e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(90);
  }

  @Override
  protected Duration stopTimeout() {
    return Duration.ofSeconds(30);
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path properties() {
    return directory.resolve("server.properties");
  }

  /** A path as a Java properties file wants it. */
  private static String slashes(Path path) {
    return path.toAbsolutePath().toString().replace('\\', '/');
  }
}
