package io.hourglass.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Reads the times of a series in a file: {@code 2024-01-31 12:00:00}, ISO-8601 with or without an offset (UTC then), a
 * date alone, or the seconds or milliseconds since 1970.
 */
final class SeriesTimes {
  /** Numbers up to here, in the year 5138, are seconds; milliseconds get there in 1973. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
      .parseCaseInsensitive().append(DateTimeFormatter.ISO_LOCAL_DATE)
      .optionalStart().appendPattern("['T'][' ']").append(DateTimeFormatter.ISO_LOCAL_TIME).appendPattern("[XXX][XX][X]").optionalEnd()
      .toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private SeriesTimes() {}

  /** Epoch milliseconds, or empty when {@code text} is no time. */
  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(text.matches("-?\\d+(\\.\\d+)?") ? number(text) : time(text));
    } catch (DateTimeException | ArithmeticException | NumberFormatException wrong) {
      return OptionalLong.empty();
    }
  }

  private static long number(String text) {
    double number = Double.parseDouble(text);
    double millis = Math.abs(number) < MOST_SECONDS ? number * 1_000 : number;
    return Instant.ofEpochMilli(Math.round(millis)).toEpochMilli();
  }

  private static long time(String text) {
    TemporalAccessor time = TIME.parse(text);
    LocalTime ofDay = time.query(TemporalQueries.localTime());
    ZoneOffset offset = (ZoneOffset) time.query(TemporalQueries.zone());
    return LocalDate.from(time).atTime(ofDay == null ? LocalTime.MIDNIGHT : ofDay)
        .toInstant(offset == null ? ZoneOffset.UTC : offset).toEpochMilli();
  }
}
