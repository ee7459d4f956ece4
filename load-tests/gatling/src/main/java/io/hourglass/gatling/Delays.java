package io.hourglass.gatling;

import java.util.concurrent.atomic.AtomicLongArray;

/** How often each number of milliseconds was measured, from 0 to two minutes; more counts as two minutes. */
final class Delays {
  private static final int MOST_MS = 120_000;

  private final AtomicLongArray counts = new AtomicLongArray(MOST_MS + 1);

  void add(long ms) {
    counts.incrementAndGet((int) Math.max(0, Math.min(MOST_MS, ms)));
  }

  long count() {
    long all = 0;
    for (int ms = 0; ms <= MOST_MS; ms++) {
      all += counts.get(ms);
    }
    return all;
  }

  /** The least number of milliseconds that so many of 100 are within; 0 when nothing was measured. */
  long percentile(double percent) {
    long wanted = (long) Math.ceil(count() * percent / 100);
    long seen = 0;
    for (int ms = 0; ms <= MOST_MS; ms++) {
      seen += counts.get(ms);
      if (seen >= wanted) {
        return ms;
      }
    }
    return MOST_MS;
  }
}
