package io.hourglass.load.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until the committed offsets are as near to the ends again as before a fault. */
final class Recovery {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int SLACK_S = 2;

  private final Lag lag;
  private final int rate;

  Recovery(Lag lag, int rate) {
    this.lag = lag;
    this.rate = rate;
  }

  /** @return {@code System.nanoTime()} when it was so, or -1 */
  long await(long normalLag, long healedAt) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    long[] ends = null;
    while (System.nanoTime() < deadline) {
      var look = lag.newest();
      if (look != null && look.at() > healedAt) {
        ends = ends == null ? look.end() : ends;
        if (look.allBeyond(ends) && look.total() <= normalLag + (long) SLACK_S * rate) {
          return look.at();
        }
      }
      LockSupport.parkNanos(100_000_000);
    }
    return -1;
  }
}
