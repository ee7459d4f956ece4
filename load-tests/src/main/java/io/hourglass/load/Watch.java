package io.hourglass.load;

import io.hourglass.services.ServerFailure;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Follows a node from its start until every event is durable, and notes what had been used at each turn.
 *
 * <p>{@code first}: the last look before the first event was counted; {@code half}: half of the events read;
 * {@code read}: all read for the first time; {@code durable}: the committed offset stands at the end of every partition.
 */
final class Watch {
  private static final long POLL_MS = 100;
  private static final long PROGRESS_NS = 5_000_000_000L;

  private final Api api;
  private final Supplier<Usage> usage;
  private final CompletableFuture<Integer> ended;
  private final int events;

  record Turns(Usage first, Usage half, long atHalf, Usage read, Usage durable) {}

  Watch(Api api, Supplier<Usage> usage, CompletableFuture<Integer> ended, int events) {
    this.api = api;
    this.usage = usage;
    this.ended = ended;
    this.events = events;
  }

  Turns untilDurable() {
    var first = usage.get();
    Usage half = null;
    Usage read = null;
    var atHalf = 0L;
    var nextLine = 0L;
    while (true) {
      pause();
      if (ended.isDone()) {
        throw new ServerFailure("The node ended with exit code " + ended.join());
      }
      var now = usage.get();
      var counted = api.counter("hourglass_events_total");
      if (counted == 0) {
        first = now;
        continue;
      }
      var progress = api.progress().orElse(null);
      if (progress == null) {
        continue;
      }
      if (read == null && progress.end() >= events && progress.read()) {
        read = now;
      }
      if (half == null && progress.position() >= events / 2) {
        half = now;
        atHalf = progress.position();
      }
      if (read != null && progress.durable()) {
        return new Turns(first, half, atHalf, read, now);
      }
      if (now.nanos() > nextLine) {
        nextLine = now.nanos() + PROGRESS_NS;
        System.err.printf("  %,d read, %,d durable after %.0f s%n", progress.position(), progress.committed(), now.since(first).seconds());
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }
}
