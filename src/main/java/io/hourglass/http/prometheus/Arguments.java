package io.hourglass.http.prometheus;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request says, in its query and in its form: times are seconds since 1970 or RFC 3339, steps seconds or {@code 1h30m}. */
record Arguments(Map<String, List<String>> values) {
  /** No time and no step is written longer. */
  private static final int LONGEST = 40;
  private static final double FARTHEST_S = 253_402_300_799.0;
  private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d++(?:\\.\\d*+)?|\\.\\d++)([eE][-+]?\\d{1,3})?");
  private static final Pattern LENGTH = Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final long[] UNITS_MS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  String text(String name) {
    List<String> given = all(name);
    if (given.isEmpty()) {
      throw new BadQuery(name + ": missing");
    }
    return given.get(0);
  }

  private String shortText(String name) {
    String text = text(name);
    if (text.length() > LONGEST) {
      throw new BadQuery(name + ": " + text.length() + " characters (expected: at most " + LONGEST + ")");
    }
    return text;
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Epoch milliseconds. */
  long time(String name) {
    String text = shortText(name);
    try {
      double seconds = NUMBER.matcher(text).matches()
          ? Double.parseDouble(text)
          : OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli() / 1_000.0;
      if (Math.abs(seconds) <= FARTHEST_S) {
        return Math.round(seconds * 1_000);
      }
    } catch (DateTimeException | ArithmeticException e) {
      // said below
    }
    throw new BadQuery(name + ": " + text + " (expected: seconds since 1970, or RFC 3339)");
  }

  long time(String name, long or) {
    return all(name).isEmpty() ? or : time(name);
  }

  /** Milliseconds, at least one. */
  long step() {
    String text = shortText("step");
    double ms = NUMBER.matcher(text).matches() ? Double.parseDouble(text) * 1_000 : length(text);
    if (ms >= 1 && ms <= FARTHEST_S * 1_000) {
      return Math.round(ms);
    }
    throw new BadQuery("step: " + text + " (expected: seconds, or a duration such as 5m)");
  }

  private static double length(String text) {
    Matcher length = LENGTH.matcher(text);
    double ms = 0;
    for (int unit = 0; length.matches() && unit < UNITS_MS.length; unit++) {
      String number = length.group(unit + 1);
      ms += number == null ? 0 : Long.parseLong(number) * (double) UNITS_MS[unit];
    }
    return ms;
  }
}
