package io.hourglass.window;

/**
 * Bounded out-of-orderness: the watermark is the greatest event time seen, less the bound, less 1 ms.
 * It never goes back. (Apache Flink, {@code BoundedOutOfOrdernessWatermarks}.)
 */
public final class Watermark {
  /** Nothing seen yet. */
  public static final long NONE = Long.MIN_VALUE;

  private final long outOfOrdernessMs;
  private long current;

  public Watermark(long outOfOrdernessMs, long restored) {
    this.outOfOrdernessMs = outOfOrdernessMs;
    this.current = restored;
  }

  /** Takes an event's time and returns the watermark that holds from this event on. */
  public long observe(long timestamp) {
    current = Math.max(current, timestamp - outOfOrdernessMs - 1);
    return current;
  }

  public long current() {
    return current;
  }
}
