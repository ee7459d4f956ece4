package io.hourglass.cluster;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Asks at most once per period; meanwhile everyone shares the latest answer, or waits for the same one. */
final class RecentAnswer implements Supplier<CompletionStage<Boolean>> {
  private final long periodNanos;
  private final LongSupplier nanos;
  private final Supplier<CompletionStage<Boolean>> question;
  private CompletionStage<Boolean> answer;
  private long askedAt;

  /** @param nanos a clock that only goes on, in nanoseconds */
  RecentAnswer(Duration period, LongSupplier nanos, Supplier<CompletionStage<Boolean>> question) {
    this.periodNanos = period.toNanos();
    this.nanos = nanos;
    this.question = question;
  }

  @Override
  public synchronized CompletionStage<Boolean> get() {
    long now = nanos.getAsLong();
    if (answer == null || now - askedAt >= periodNanos) {
      askedAt = now;
      answer = question.get();
    }
    return answer;
  }
}
