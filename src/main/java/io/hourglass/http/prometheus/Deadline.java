package io.hourglass.http.prometheus;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Until when a query may read; what would begin later is not begun. */
record Deadline(long untilNs) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** @return a failed stage with {@link TimeoutException} when it is over */
  <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> read) {
    return System.nanoTime() - untilNs < 0 ? read.get() : CompletableFuture.failedFuture(new TimeoutException("the query took too long"));
  }
}
