package io.hourglass.event;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Reads ISO-8601 timestamps; by hand the two forms that nearly every producer writes, the rest by java.time. */
final class Timestamps {
  /** No timestamp: what is read out of text that is none. */
  static final long NONE = Long.MIN_VALUE;

  /** 0001-01-01T00:00:00Z. */
  static final long EARLIEST = -62_135_596_800_000L;

  /** 9999-12-31T23:59:59.999Z. */
  static final long LATEST = 253_402_300_799_999L;

  private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
      .parseCaseInsensitive().append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX][X]")
      .toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private Timestamps() {}

  static boolean plausible(long timestamp) {
    return timestamp >= EARLIEST && timestamp <= LATEST;
  }

  /** Epoch milliseconds of {@code text}, finer digits cut off; {@link #NONE} when it is not ISO-8601 with an offset. */
  static long parse(String text) {
    long quick = utc(text);
    return quick != NONE ? quick : any(text);
  }

  private static long any(String text) {
    try {
      return text.length() > 64 ? NONE : OffsetDateTime.parse(text, ISO).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException wrong) {
      return NONE;
    }
  }

  /** {@code yyyy-MM-ddTHH:mm:ssZ} or with {@code .SSS} before the Z; NONE for everything else. */
  private static long utc(String text) {
    int length = text.length();
    boolean millis = length == 24 && text.charAt(19) == '.';
    if ((length != 20 && !millis) || !separated(text, length)) {
      return NONE;
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int milli = millis ? number(text, 20, 23) : 0;
    long day = day(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    boolean time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60 && milli >= 0;
    return time && day != NONE ? (((day * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + milli : NONE;
  }

  private static boolean separated(String text, int length) {
    return text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T' && text.charAt(13) == ':'
        && text.charAt(16) == ':' && text.charAt(length - 1) == 'Z';
  }

  /** The decimal digits from {@code from} to {@code to}, exclusive; −1 when there is anything else. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * Days since 1970-01-01 of a date in the Gregorian calendar, counted in years that begin in March
   * (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"); NONE when there is no such date.
   */
  private static long day(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || (day > 28 && day > YearMonth.of(year, month).lengthOfMonth())) {
      return NONE;
    }
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146_097L + yearOfEra * 365L + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }
}
