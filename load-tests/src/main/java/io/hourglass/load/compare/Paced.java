package io.hourglass.load.compare;

import io.hourglass.load.Usage;
import io.hourglass.services.Await;
import io.hourglass.services.ServerFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An engine at the pace of its events: what share of a core it takes, and its stores. The first third of the time is for
 * the just-in-time compiler, and not counted.
 */
final class Paced {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Options options;
  private final Stage stage;

  Paced(Options options, Stage stage) {
    this.options = options;
    this.stage = stage;
  }

  /** A line of the table. @param rate events a second that became durable */
  record Line(String engine, double enginePercent, double cassandraPercent, double kafkaPercent, double rate, Verdict verdict) {
    static final String HEAD = """
        | share of one core, % | engine | Cassandra | Kafka | events/s | results |
        |---|---|---|---|---|---|""";

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %,.0f | %s |", engine, enginePercent, cassandraPercent,
          kafkaPercent, rate, verdict);
    }
  }

  Line run(String name, Engine engine, String topic, Oracle oracle) {
    try (var commits = new Commits(stage.kafka(), topic, engine.group())) {
      var follow = new Follow(engine, stage, commits);
      var filling = CompletableFuture.runAsync(() -> new Filling(stage.kafka()).fill(topic, options.workload(), options.rate()),
          task -> new Thread(task, "filling").start());
      follow.untilReading();
      Await.pause(Duration.ofMinutes(options.minutes()).dividedBy(3));
      var from = follow.usage();
      var before = commits.total();
      await(filling);
      var used = follow.usage().since(from);
      var rate = (commits.total() - before) / used.seconds();
      Await.until("all is durable", PATIENCE, () -> commits.total() >= options.workload().events());
      return new Line(name, percent(used.node(), used), percent(used.cassandra(), used), percent(used.kafka(), used), rate,
          engine.check(oracle));
    } finally {
      engine.stop();
    }
  }

  private static void await(CompletableFuture<Void> filling) {
    try {
      filling.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ServerFailure failure ? failure : e;
    }
  }

  private static double percent(Duration cpu, Usage used) {
    return cpu.toNanos() / 1e7 / used.seconds();
  }
}
