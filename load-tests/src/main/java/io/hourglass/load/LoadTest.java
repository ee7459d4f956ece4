package io.hourglass.load;

import io.hourglass.services.CassandraServer;
import io.hourglass.services.Checkout;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A real Kafka and a real Cassandra that syncs to disk, each in a JVM of its own; a topic filled first; then a node
 * that reads it, in a JVM of its own. Fails when a window is not exact.
 */
public final class LoadTest {
  private static final Path DATA = Checkout.path("target/load");
  /** More keys than this are checked by sampling. */
  private static final int KEYS_CHECKED = 10_000;

  private final Options options = Options.fromSystemProperties();
  private final Report report = new Report(options);
  private final KafkaBroker kafka = new KafkaBroker(DATA.resolve("kafka"), Port.free()).fullJit()
      .progress(message -> say("Kafka: " + message));
  private final CassandraServer cassandra = new CassandraServer(DATA.resolve("cassandra"), Port.free()).fullJit()
      .heap("1g").progress(message -> say("Cassandra: " + message));
  private volatile NodeProcess node;

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var test = new LoadTest();
    var end = new Thread(test::stop, "load-test-stop");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      test.run();
    } finally {
      test.stop();
    }
  }

  private void run() throws IOException {
    Services.empty(DATA);
    Files.createDirectories(DATA);
    say("starting Kafka and Cassandra");
    Services.startTogether(kafka, cassandra);
    var exact = true;
    for (var run = 1; run <= options.runs(); run++) {
      exact &= run(run);
    }
    cassandra.stop();
    for (var run = 1; run <= options.runs(); run++) {
      report.printStored(run, Stored.bytesOnDisk(DATA.resolve("cassandra"), keyspace(run)));
    }
    if (!exact) {
      throw new IllegalStateException("The windows do not add up to the events sent.");
    }
  }

  private boolean run(int run) throws IOException {
    var pipeline = "load-" + run;
    say("run " + run + ": filling the topic");
    var eventBytes = new Filling(kafka).fill(pipeline, options);
    var configuration = configuration(run, pipeline);
    Schema.create(Checkout.path("target/hourglass.jar"), configuration, cassandra, DATA.resolve("schema.log"));
    var port = Port.free();
    node = new NodeProcess("node-" + run, DATA).services(kafka, cassandra).ports(port, Port.free(), Port.free())
        .options(options.nodeOptions().toArray(String[]::new))
        .configuration(configuration).property("logback.configurationFile", Checkout.path("conf/logback.xml").toString());
    var api = new Api(port, pipeline);
    var writtenBefore = Usage.writtenMiB(cassandra.pid());
    say("run " + run + ": starting the node");
    var ended = CompletableFuture.runAsync(node::start).thenCompose(started -> node.onExit());
    var watch = new Watch(api, () -> Usage.now(node, cassandra, kafka), ended, options.events());
    var turns = watch.untilDurable();
    var nodeMiB = Usage.peakMemoryMiB(node.pid());
    var cassandraMiB = Usage.peakMemoryMiB(cassandra.pid());
    var writtenMiB = Usage.writtenMiB(cassandra.pid()) - writtenBefore;
    say("run " + run + ": checking the windows");
    var verdict = new Truth(options).check(api, (options.keys() + KEYS_CHECKED - 1) / KEYS_CHECKED);
    var rewinds = api.counter("hourglass_rewinds_total");
    node.stop();
    report.print(run, eventBytes, turns, verdict, Stored.journal(cassandra, keyspace(run)), nodeMiB, cassandraMiB,
        writtenMiB, rewinds);
    return verdict.exact();
  }

  private Path configuration(int run, String pipeline) throws IOException {
    var measures = options.sketches()
        ? "bytes { field = bytes, aggregates = [sum, min, max, mean, stddev, p50, p95, p99] }, users { field = user, aggregates = [distinct] }"
        : "bytes { field = bytes, aggregates = [sum, min, max, stddev, last] }";
    var rules = options.rule() ? "burst { when = \"window.count > 1000000000\", severity = warning, summary = \"{key}\" }" : "";
    return Files.writeString(DATA.resolve(pipeline + ".conf"), """
        hourglass.cassandra { keyspace = %s}
        hourglass.pipelines.%s {
          source { topic = %s }
          timestamp = ts
          measures { %s }
          rules { %s }
        }
        """.formatted(keyspace(run), pipeline, pipeline, measures, rules));
  }

  private static String keyspace(int run) {
    return "load_" + run;
  }

  private void stop() {
    if (node != null) {
      node.stop();
    }
    kafka.stop();
    cassandra.stop();
  }

  private static void say(String message) {
    System.err.println(message);
  }
}
