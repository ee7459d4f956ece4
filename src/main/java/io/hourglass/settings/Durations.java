package io.hourglass.settings;

import java.time.Duration;

/** Durations as the configuration writes them: {@code 1d}, {@code 90m}, {@code 250ms}. */
final class Durations {
  private Durations() {}

  static String text(Duration duration) {
    long ms = duration.toMillis();
    if (ms == 0 || ms % 1_000 != 0) {
      return ms == 0 ? "0s" : ms + "ms";
    }
    if (ms % 86_400_000 == 0) {
      return ms / 86_400_000 + "d";
    }
    if (ms % 3_600_000 == 0) {
      return ms / 3_600_000 + "h";
    }
    return ms % 60_000 == 0 ? ms / 60_000 + "m" : ms / 1_000 + "s";
  }

  static String range(Duration least, Duration most) {
    return "from " + text(least) + " to " + text(most);
  }
}
