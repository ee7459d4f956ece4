package io.hourglass.peers;

import java.time.Duration;

/** The windows of the comparison: whole hours in UTC, half-open, and when an event is too late for one. */
public final class Hours {
  public static final Duration SIZE = Duration.ofHours(1);
  /** So far the watermark stays behind the newest event. */
  public static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(30);
  /** So long a window stays open after the watermark has passed its end. */
  public static final Duration ALLOWED_LATENESS = Duration.ofMinutes(5);

  private static final long SIZE_MS = SIZE.toMillis();
  private static final long GRACE_MS = OUT_OF_ORDERNESS.plus(ALLOWED_LATENESS).toMillis();

  private Hours() {}

  /** Start of the window of an event, epoch milliseconds. */
  public static long start(long timestampMs) {
    return timestampMs - Math.floorMod(timestampMs, SIZE_MS);
  }

  /** Whether the window that starts there is closed when this is the newest event seen. */
  public static boolean closed(long startMs, long newestMs) {
    return startMs + SIZE_MS + GRACE_MS <= newestMs;
  }
}
