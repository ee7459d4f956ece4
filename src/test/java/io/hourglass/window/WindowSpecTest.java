package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSpecTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  @ParameterizedTest
  @CsvSource({
    "UTC, 60, 1995-08-01T10:00:00Z, 1995-08-01T10:00:00Z, 1995-08-01T11:00:00Z",
    "UTC, 60, 1995-08-01T10:59:59.999Z, 1995-08-01T10:00:00Z, 1995-08-01T11:00:00Z",
    "UTC, 60, 1969-12-31T23:59:59.999Z, 1969-12-31T23:00:00Z, 1970-01-01T00:00:00Z",
    "UTC, 1440, 2024-02-29T12:00:00Z, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
    "Asia/Kolkata, 60, 2024-05-01T10:15:00Z, 2024-05-01T09:30:00Z, 2024-05-01T10:30:00Z",
    "Asia/Kolkata, 1440, 2024-05-01T18:29:59.999Z, 2024-04-30T18:30:00Z, 2024-05-01T18:30:00Z",
    "Asia/Kathmandu, 60, 2024-05-01T10:15:00Z, 2024-05-01T10:15:00Z, 2024-05-01T11:15:00Z",
    // Berlin, 31 March 2024, 02:00 becomes 03:00 at 01:00Z; 27 October, 03:00 becomes 02:00 at 01:00Z
    "Europe/Berlin, 60, 2024-03-31T00:59:59Z, 2024-03-31T00:00:00Z, 2024-03-31T01:00:00Z",
    "Europe/Berlin, 60, 2024-03-31T01:00:00Z, 2024-03-31T01:00:00Z, 2024-03-31T02:00:00Z",
    "Europe/Berlin, 60, 2024-10-27T00:30:00Z, 2024-10-27T00:00:00Z, 2024-10-27T01:00:00Z",
    "Europe/Berlin, 60, 2024-10-27T01:30:00Z, 2024-10-27T01:00:00Z, 2024-10-27T02:00:00Z",
    "Europe/Berlin, 1440, 2024-03-31T12:00:00Z, 2024-03-30T23:00:00Z, 2024-03-31T22:00:00Z",
    "Europe/Berlin, 1440, 2024-10-27T12:00:00Z, 2024-10-26T22:00:00Z, 2024-10-27T23:00:00Z",
    "Europe/Berlin, 360, 2024-03-31T03:00:00Z, 2024-03-30T23:00:00Z, 2024-03-31T04:00:00Z",
    "Europe/Berlin, 360, 2024-10-27T04:30:00Z, 2024-10-26T22:00:00Z, 2024-10-27T05:00:00Z",
    "Europe/Berlin, 120, 2024-03-31T01:00:00Z, 2024-03-31T01:00:00Z, 2024-03-31T02:00:00Z",
    // London, 27 October 2024, 02:00 becomes 01:00 at 01:00Z: 01:30 comes twice, at 00:30Z and 01:30Z
    "Europe/London, 90, 2024-10-27T00:29:59Z, 2024-10-26T23:00:00Z, 2024-10-27T00:30:00Z",
    "Europe/London, 90, 2024-10-27T01:10:00Z, 2024-10-27T00:30:00Z, 2024-10-27T03:00:00Z",
    "Europe/London, 90, 2024-03-31T01:10:00Z, 2024-03-31T01:00:00Z, 2024-03-31T02:00:00Z",
    // Lord Howe, 7 April 2024, 02:00 becomes 01:30 at 15:00Z the day before; 6 October, 02:00 becomes 02:30 at 15:30Z
    "Australia/Lord_Howe, 60, 2024-04-06T14:59:59Z, 2024-04-06T14:00:00Z, 2024-04-06T15:00:00Z",
    "Australia/Lord_Howe, 60, 2024-04-06T15:00:00Z, 2024-04-06T15:00:00Z, 2024-04-06T15:30:00Z",
    "Australia/Lord_Howe, 60, 2024-04-06T15:30:00Z, 2024-04-06T15:30:00Z, 2024-04-06T16:30:00Z",
    "Australia/Lord_Howe, 60, 2024-10-05T15:30:00Z, 2024-10-05T15:30:00Z, 2024-10-05T16:00:00Z",
    "Australia/Lord_Howe, 30, 2024-04-06T15:10:00Z, 2024-04-06T15:00:00Z, 2024-04-06T15:30:00Z",
    // Samoa had no 30 December 2011; Sao Paulo's 4 November 2018 began at 01:00
    "Pacific/Apia, 1440, 2011-12-30T09:00:00Z, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
    "Pacific/Apia, 360, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 2011-12-30T16:00:00Z",
    "America/Sao_Paulo, 1440, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
  })
  void windows(String zone, long minutes, Instant timestamp, Instant start, Instant end) {
    WindowSpec spec = spec(minutes * MINUTE, zone);
    assertEquals(start, Instant.ofEpochMilli(spec.startOf(timestamp.toEpochMilli())));
    assertEquals(end, Instant.ofEpochMilli(spec.endOf(start.toEpochMilli())));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2024-03-31, 23, 4, 1", "Europe/Berlin, 2024-10-27, 25, 4, 1", "Europe/Berlin, 2024-05-01, 24, 4, 1",
    "Australia/Lord_Howe, 2024-04-07, 25, 4, 1", "Australia/Lord_Howe, 2024-10-06, 24, 4, 1"
  })
  void windowsOfADay(String zone, String date, int hours, int quarters, int days) {
    assertEquals(hours, starts(zone, date, HOUR).size());
    assertEquals(quarters, starts(zone, date, 6 * HOUR).size());
    assertEquals(days, starts(zone, date, DAY).size());
  }

  private static List<Long> starts(String zone, String date, long size) {
    ZonedDateTime midnight = LocalDate.parse(date).atStartOfDay(ZoneId.of(zone));
    List<Long> starts = new ArrayList<>();
    long end = midnight.plusDays(1).toInstant().toEpochMilli();
    for (long at = midnight.toInstant().toEpochMilli(); at < end; at = spec(size, zone).endOf(at)) {
      starts.add(at);
    }
    return starts;
  }

  /** No gap, no overlap, around every change of offset since 1900 and in between. */
  @Property(tries = 20_000)
  void tiling(@ForAll("specs") WindowSpec spec, @ForAll @LongRange(min = 0, max = 400) long nth,
      @ForAll @LongRange(min = -2 * DAY, max = 2 * DAY) long around) {
    Instant change = Instant.parse("1900-01-01T00:00:00Z");
    for (long i = 0; i < nth && spec.zone().getRules().nextTransition(change) != null; i++) {
      change = spec.zone().getRules().nextTransition(change).getInstant();
    }
    long t = change.toEpochMilli() + around;
    long start = spec.startOf(t);
    long end = spec.endOf(start);
    assertTrue(start <= t && t < end, () -> spec + " " + Instant.ofEpochMilli(t));
    assertEquals(start, spec.startOf(start));
    assertEquals(start, spec.startOf(end - 1));
    assertEquals(end, spec.startOf(end));
  }

  @Provide
  Arbitrary<WindowSpec> specs() {
    Arbitrary<String> zones = Arbitraries.of(
        "UTC", "Europe/Berlin", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo",
        "America/Havana", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca", "America/Scoresbysund", "Asia/Gaza");
    Arbitrary<Long> sizes = Arbitraries.integers().between(1, 86_400).filter(n -> 86_400 % n == 0).map(n -> n * 1_000L);
    return zones.flatMap(zone -> sizes.map(size -> spec(size, zone)));
  }

  @Test
  void closesAtEndAndLateness() {
    WindowSpec spec = new WindowSpec(HOUR, ZoneId.of("UTC"), 30_000, 5 * MINUTE);
    assertEquals(HOUR - 1 + 5 * MINUTE, spec.closesAt(0));
    assertFalse(spec.closed(0, HOUR - 2 + 5 * MINUTE));
    assertTrue(spec.closed(0, HOUR - 1 + 5 * MINUTE));
    assertTrue(spec.closed(0, HOUR + 5 * MINUTE));
    assertFalse(spec.closed(0, Watermark.NONE));
  }

  private static WindowSpec spec(long size, String zone) {
    return new WindowSpec(size, ZoneId.of(zone), 0, 0);
  }
}
