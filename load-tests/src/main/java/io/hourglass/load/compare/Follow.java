package io.hourglass.load.compare;

import io.hourglass.load.Usage;
import io.hourglass.services.Await;
import io.hourglass.services.ServerFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Starts an engine, follows its commits until all events are durable, and notes what was used at each turn. */
final class Follow {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final long LINE_NS = Duration.ofSeconds(5).toNanos();
  /** So long without a commit, and something is wrong. */
  private static final long PATIENCE_NS = Duration.ofMinutes(3).toNanos();

  private final Engine engine;
  private final Stage stage;
  private final Commits commits;
  private final CompletableFuture<Void> started;
  private long committed;
  private long movedAt = System.nanoTime();
  private long saidAt;

  Follow(Engine engine, Stage stage, Commits commits) {
    this.engine = engine;
    this.stage = stage;
    this.commits = commits;
    this.started = CompletableFuture.runAsync(engine::start, task -> new Thread(task, "start").start());
  }

  Course untilDurable(long events, long warmUp) {
    var first = untilReading();
    Usage warm = null;
    var read = 0L;
    while (true) {
      look();
      var now = usage();
      if (warm == null) {
        read = committed < events ? engine.read() : events;
        warm = read >= Math.min(warmUp, events) ? now : null;
      }
      if (committed >= events) {
        return new Course(first, warm, read, now, events, Usage.peakMemoryMiB(engine.process().pid()));
      }
    }
  }

  /** What was used at the last look before the first event. */
  Usage untilReading() {
    while (true) {
      var before = usage();
      Await.pause(LOOK);
      requireRunning();
      if (engine.reading()) {
        return before;
      }
    }
  }

  private void look() {
    Await.pause(LOOK);
    requireRunning();
    var now = System.nanoTime();
    var total = commits.total();
    if (total > committed) {
      committed = total;
      movedAt = now;
    }
    if (now - movedAt > PATIENCE_NS) {
      throw new ServerFailure("committed: %,d (expected: more within 3 min)".formatted(committed));
    }
    if (now - saidAt > LINE_NS) {
      saidAt = now;
      Stage.say("  %,d durable", committed);
    }
  }

  Usage usage() {
    return Usage.now(engine.process(), stage.cassandra(), stage.kafka());
  }

  private void requireRunning() {
    if (started.isCompletedExceptionally()) {
      try {
        started.join();
      } catch (CompletionException e) {
        throw new ServerFailure("The engine did not start", e.getCause());
      }
    }
    if (started.isDone() && !engine.process().isRunning()) {
      throw new ServerFailure("The engine ended: see its log in " + engine.process().log().path());
    }
  }
}
