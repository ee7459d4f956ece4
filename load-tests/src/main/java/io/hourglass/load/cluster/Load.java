package io.hourglass.load.cluster;

import java.time.Duration;

/**
 * What is sent, from system properties of the same names.
 *
 * @param seed decides keys, values and disorder of all events, and the schedule of faults
 * @param rate events a second
 * @param windowMs event time of a window; event time passes as fast as the clock
 */
record Load(long seed, int rate, int keys, int partitions, long windowMs, Duration length) {
  static final String PIPELINE = "load";
  static final String GROUP = "hourglass-" + PIPELINE;
  /** An event lies up to so far behind the newest one; the pipeline allows more. */
  static final int DISORDER_MS = 4_000;
  static final int OUT_OF_ORDERNESS_MS = 5_000;
  static final int LATENESS_MS = 2_000;
  /** The rule {@code spike}: a value above. */
  static final int SPIKE = 1_000;
  /** The rule {@code busy}: so many times the events that a key has in a window on average. */
  private static final int BUSY = 6;

  /** What the properties do not say is as given here; {@code windowS} in seconds. */
  static Load fromSystemProperties(int rate, int keys, int windowS) {
    return new Load(number("seed", 1), (int) number("rate", rate), (int) number("keys", keys),
        (int) number("partitions", 8), 1_000 * number("window", windowS),
        Duration.ofMillis((long) (60_000 * Double.parseDouble(text("minutes", "3")))));
  }

  static String text(String name, String otherwise) {
    var value = System.getProperty(name, "");
    return value.isBlank() ? otherwise : value;
  }

  private static long number(String name, long otherwise) {
    var value = Long.parseLong(text(name, Long.toString(otherwise)).replace("_", ""));
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
    return value;
  }

  /** Events of a key in a window that are not too many yet. */
  long busy() {
    return BUSY * rate * windowMs / 1_000 / keys;
  }

  static String key(int number) {
    return "key-" + (100_000 + number);
  }
}
