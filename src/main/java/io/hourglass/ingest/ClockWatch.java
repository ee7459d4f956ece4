package io.hourglass.ingest;

import java.util.function.LongSupplier;

/**
 * Notices that the wall clock was set back. Kafka's client times its heartbeats by it: it sends none until the clock has
 * come to where it was, is put out of its group, and does not notice that either.
 */
final class ClockWatch {
  private final LongSupplier wallMs;
  private final LongSupplier ticksMs;
  private long ahead;

  /**
   * @param wallMs the wall clock, milliseconds
   * @param ticksMs a clock that only goes on, milliseconds
   */
  ClockWatch(LongSupplier wallMs, LongSupplier ticksMs) {
    this.wallMs = wallMs;
    this.ticksMs = ticksMs;
    this.ahead = ahead();
  }

  private long ahead() {
    return wallMs.getAsLong() - ticksMs.getAsLong();
  }

  /** By how many milliseconds it was set back since this was last asked; negative when it was set forward. */
  long setBack() {
    long before = ahead;
    ahead = ahead();
    return before - ahead;
  }
}
