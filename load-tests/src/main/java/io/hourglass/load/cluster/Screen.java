package io.hourglass.load.cluster;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a person who waits is told, on standard error. */
final class Screen {
  private Screen() {}

  static void say(String format, Object... values) {
    System.err.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + String.format(Locale.ROOT, format, values));
  }
}
