package io.hourglass.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Longer times that windows are added up to, as the calendar of a zone has them: days of 23 and 25 hours, months of 28 to 31 days. */
public enum Resolution {
  DAY, MONTH;

  /** Start of the one that holds {@code time}, epoch milliseconds. */
  public long startOf(long time, ZoneId zone) {
    return instant(date(time, zone), zone);
  }

  /** End of the one that begins at {@code start}, exclusive. */
  public long endOf(long start, ZoneId zone) {
    return instant(date(start, zone).plus(1, this == DAY ? ChronoUnit.DAYS : ChronoUnit.MONTHS), zone);
  }

  /** Start of the first that does not begin before {@code time}. */
  long from(long time, ZoneId zone) {
    long start = startOf(time, zone);
    return start == time ? start : endOf(start, zone);
  }

  /** Windows of {@code sizeMs} in it, at the most. */
  public long windows(long sizeMs) {
    return (this == DAY ? 25L : 31L * 24 + 1) * 3_600_000 / sizeMs;
  }

  private LocalDate date(long time, ZoneId zone) {
    LocalDate date = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
    return this == DAY ? date : date.with(TemporalAdjusters.firstDayOfMonth());
  }

  private static long instant(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
