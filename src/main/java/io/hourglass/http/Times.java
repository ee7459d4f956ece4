package io.hourglass.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as requests write them. */
final class Times {
  private static final Pattern EPOCH_MS = Pattern.compile("-?\\d{1,18}");
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

  /** Years that every calendar and every reader of ISO-8601 knows: 0 to 9999. */
  static final long EARLIEST = -62_167_219_200_000L;
  static final long LATEST = 253_402_300_799_999L;

  private Times() {}

  /**
   * Epoch milliseconds of {@code text}: a whole number of them, or ISO-8601 with an offset. A space before
   * the offset is read as the {@code +} that form decoding takes away.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static long parse(String text) {
    if (EPOCH_MS.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    try {
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  /**
   * {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d}, ISO-8601 {@code PT30S}; a number alone is milliseconds.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Duration length(String text) {
    Matcher length = LENGTH.matcher(text);
    if (length.matches()) {
      return of(Long.parseLong(length.group(1)), length.group(2) == null ? "ms" : length.group(2));
    }
    try {
      return Duration.parse(text.toUpperCase(Locale.ROOT));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no duration: " + text, e);
    }
  }

  private static Duration of(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
