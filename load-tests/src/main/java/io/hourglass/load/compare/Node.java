package io.hourglass.load.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.load.Api;
import io.hourglass.load.Schema;
import io.hourglass.services.Checkout;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A node of Hourglass; its results are asked of it over HTTP, from durable state. */
final class Node implements Engine {
  private static final int IN_FLIGHT = 16;
  /** Survivor spaces hold what keys have not persisted yet: sized by itself the collector promotes it. */
  private static final String JVM = "-Xms2g -Xmx2g -Xmn1200m -XX:SurvivorRatio=4 -XX:-UseAdaptiveSizePolicy -XX:+UseParallelGC";

  private final String run;
  private final Stage stage;
  private final String topic;
  private final Path directory;
  private final NodeProcess process;
  private final Api api;

  Node(String run, Stage stage, String topic) {
    this.run = run;
    this.stage = stage;
    this.topic = topic;
    this.directory = Stage.DATA.resolve(run);
    var port = Port.free();
    this.api = new Api(port, run);
    this.process = new NodeProcess("node", directory).services(stage.kafka(), stage.cassandra()).ports(port, Port.free(), Port.free())
        .options(Options.jvm("node.options", JVM).toArray(String[]::new)).configuration(directory.resolve("node.conf"))
        .property("logback.configurationFile", Checkout.path("conf/logback.xml").toString());
  }

  @Override
  public Server process() {
    return process;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(directory);
      var configuration = Files.writeString(directory.resolve("node.conf"), configuration());
      Schema.create(Checkout.path("target/hourglass.jar"), configuration, stage.cassandra(), directory.resolve("schema.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start();
  }

  /** Disorder and lateness as they come: 30 s and 5 min. */
  private String configuration() {
    return """
        hourglass.cassandra { keyspace = %s }
        hourglass.pipelines.%s {
          source { topic = %s }
          timestamp = ts
          window { size = 1h, out-of-orderness = 30s, allowed-lateness = 5m, rolling = off }
          measures { value { field = value, aggregates = [sum, min, max, stddev, last] } }
        }
        """.formatted(run.replace('-', '_'), run, topic);
  }

  @Override
  public boolean reading() {
    return api.counter("hourglass_events_total") > 0;
  }

  @Override
  public String group() {
    return "hourglass-" + run;
  }

  @Override
  public long read() {
    return api.progress().map(Api.Progress::position).orElse(0L);
  }

  @Override
  public Verdict check(Oracle oracle) {
    var verdict = new Verdict(oracle);
    var keys = IntStream.iterate(0, key -> key + oracle.step()).limit(oracle.keys())
        .filter(key -> IntStream.range(0, oracle.windows()).anyMatch(window -> oracle.expected(key, window) != null)).boxed().toList();
    for (var from = 0; from < keys.size(); from += IN_FLIGHT) {
      var asked = keys.subList(from, Math.min(keys.size(), from + IN_FLIGHT));
      var answers = asked.stream().map(key -> api.windows(Workload.key(key))).toList();
      for (var i = 0; i < asked.size(); i++) {
        check(verdict, asked.get(i), answers.get(i), oracle.windows());
      }
    }
    return verdict;
  }

  /** A window that nothing but late events fell in is told too, with a count of 0: it is no result. */
  private static void check(Verdict verdict, int key, CompletableFuture<JsonNode> answer, int windows) {
    var all = new Hour[windows];
    answer.join().forEach(item -> {
      if (item.get("count").asLong() > 0) {
        take(verdict, key, item, all);
      }
    });
    verdict.key(key, all);
  }

  private static void take(Verdict verdict, int key, JsonNode item, Hour[] all) {
    var window = Workload.window(Instant.parse(item.get("start").asText()).toEpochMilli());
    if (window < 0 || window >= all.length) {
      verdict.fault(Workload.key(key) + ", window " + window + ": " + Hour.answered(item) + " (expected: null)");
    } else {
      all[window] = Hour.answered(item);
    }
  }

  @Override
  public void stop() {
    process.stop();
    new Topics(stage.kafka()).delete("hourglass." + run + ".");
  }
}
