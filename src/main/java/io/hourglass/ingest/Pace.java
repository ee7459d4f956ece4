package io.hourglass.ingest;

/**
 * How soon the next batch is let through while the partition is behind: when it has had time to fill, so that a key is told
 * many events in one message. Milliseconds of any steady clock.
 */
final class Pace {
  private static final long LEAST_MS = 25;
  private static final long MOST_MS = 1_000;

  private final int full;
  private long waitMs = LEAST_MS;
  private long next;

  /** @param full events of a batch to which no more is added */
  Pace(int full) {
    this.full = full;
  }

  /** A batch was taken: one that is full had to wait, one of less than half as many events came too soon. */
  void taken(boolean isFull, int events, long now) {
    if (isFull) {
      waitMs = Math.max(LEAST_MS, waitMs / 2);
    } else if (events < full / 2) {
      waitMs = Math.min(MOST_MS, waitMs * 3 / 2);
    }
    next = now + waitMs;
  }

  boolean due(long now) {
    return now >= next;
  }
}
