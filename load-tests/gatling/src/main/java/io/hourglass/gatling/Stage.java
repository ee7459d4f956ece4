package io.hourglass.gatling;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.CassandraServer;
import io.hourglass.services.Checkout;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.NodeApi;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToLongFunction;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;

/** A real Kafka, a real Cassandra that syncs to disk, and one node, each in a JVM of its own with the full JIT. */
final class Stage implements AutoCloseable {
  static final Path DATA = Checkout.path("target/gatling");
  /** Keys that stay in memory for one that the stream has: some more, as the limit is shared out among shards. */
  private static final double ACTIVE = 1.3;
  private static final int PARTITIONS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Options options;
  private final KafkaBroker kafka = new KafkaBroker(DATA.resolve("kafka"), Port.free()).fullJit();
  private final CassandraServer cassandra = new CassandraServer(DATA.resolve("cassandra"), Port.free()).fullJit().heap("1g");
  private final NodeProcess node = new NodeProcess("node", DATA);

  Stage(Options options) {
    this.options = options;
  }

  void start() throws IOException {
    Services.empty(DATA);
    Files.createDirectories(DATA);
    Services.startTogether(kafka, cassandra);
    kafka.createTopics(PARTITIONS, Events.HOT, Events.COLD);
    node.services(kafka, cassandra).freePorts().options(options.nodeOptions().toArray(String[]::new))
        .property("hourglass.cassandra.create-schema", "on")
        .property("logback.configurationFile", Checkout.path("conf/logback.xml").toString()).configuration(configuration());
    node.start();
  }

  private Path configuration() throws IOException {
    String pipeline = """
        hourglass.pipelines.%s {
          source { topic = %1$s }
          timestamp = ts
          measures { bytes { field = bytes, aggregates = [sum, min, max, stddev, last] } }
          rules { spike { when = "bytes.max > %d.0", severity = warning, summary = "{key}: {value} bytes" } }
        }
        """;
    return Files.writeString(DATA.resolve("node.conf"), "hourglass.entities.active-limit = " + active() + "\n"
        + pipeline.formatted(Events.HOT, Events.SPIKE) + pipeline.formatted(Events.COLD, Events.SPIKE));
  }

  private int active() {
    return (int) (ACTIVE * options.keys());
  }

  /** The stream's keys come into memory. */
  void fillHot() {
    fill(Events.HOT, options.keys());
  }

  /** More keys than stay in memory: the first of them have left it when this returns. */
  void fillCold() {
    fill(Events.COLD, ColdReads.keys(options, active()));
  }

  /** One event for each key; returns when all are durable. */
  private void fill(String topic, int keys) {
    try (KafkaProducer<byte[], byte[]> producer = Events.producer(kafka(), 20)) {
      for (int key = 0; key < keys; key++) {
        producer.send(Events.event(topic, Events.key(key), System.currentTimeMillis(), key % Events.SPIKE));
      }
    }
    Await.until(keys + " keys of " + topic + " are durable", PATIENCE, () -> sum(topic, each -> each.path("committed").asLong()) == keys);
  }

  /** Events of the stream that the node has not read yet. */
  long lag() {
    return sum(Events.HOT, each -> each.path("lag").asLong());
  }

  private long sum(String pipeline, ToLongFunction<JsonNode> number) {
    JsonNode partitions = new NodeApi(node.api()).get("/v1/pipelines/" + pipeline)
        .orElseThrow(() -> new IllegalStateException("no answer about the pipeline " + pipeline)).path("partitions");
    return StreamSupport.stream(partitions.spliterator(), false).mapToLong(number).sum();
  }

  /** CPU time that each has used so far. */
  Cpu cpu() {
    return new Cpu(System.nanoTime(), node.cpu(), cassandra.cpu(), kafka.cpu());
  }

  String kafka() {
    return kafka.bootstrap();
  }

  String api() {
    return node.api().toString();
  }

  @Override
  public void close() {
    node.stop();
    kafka.stop();
    cassandra.stop();
  }
}
