package io.hourglass.load;

import io.hourglass.services.ServerFailure;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Follows a node from its start until every event is durable, and notes what had been used at each turn.
 *
 * <p>{@code first}: the last look before the first event was counted; {@code half}: half of the events counted;
 * {@code read}: all read; {@code durable}: the committed offset has reached the end of every partition.
 */
final class Watch {
  private static final long POLL_MS = 100;
  private static final long PROGRESS_EVERY = 50;

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
    long atHalf = 0;
    for (var looks = 0L; ; looks++) {
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
      if (half == null && counted >= events / 2) {
        half = now;
        atHalf = counted;
      }
      var progress = api.progress().orElse(null);
      if (progress != null && read == null && counted >= events && progress.read()) {
        read = now;
      }
      if (progress != null && counted >= events && progress.end() >= events && progress.durable()) {
        return new Turns(first, half, atHalf, read, usage.get());
      }
      if (looks % PROGRESS_EVERY == 0 && progress != null) {
        System.err.printf("  %,d counted, %,d durable after %.0f s%n", counted, progress.committed(), now.since(first).seconds());
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
