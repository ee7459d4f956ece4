package io.hourglass.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.WindowSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  @Test
  void aBucketOfHoursIsADayOfUtc() {
    Buckets buckets = new Buckets(new WindowSpec(HOUR, ZoneId.of("UTC"), 0, 0));
    assertEquals(24, buckets.starts(3, Long.MIN_VALUE, Long.MAX_VALUE).size());
    assertEquals(-1, buckets.of(-1));
  }

  @Test
  void takesStartsFromInclusiveToExclusive() {
    Buckets buckets = new Buckets(new WindowSpec(HOUR, ZoneId.of("UTC"), 0, 0));
    assertEquals(List.of(HOUR, 2 * HOUR), buckets.starts(0, HOUR, 3 * HOUR));
    assertEquals(List.of(2 * HOUR), buckets.starts(0, HOUR + 1, 3 * HOUR));
    assertEquals(List.of(), buckets.starts(0, DAY, 2 * DAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"})
  void bucketsTogetherHoldEveryStartOnce(String zone) {
    for (long size : new long[] {HOUR, DAY, 60_000}) {
      WindowSpec spec = new WindowSpec(size, ZoneId.of(zone), 0, 0);
      Buckets buckets = new Buckets(spec);
      long start = spec.startOf(Instant.parse("2024-03-01T00:00:00Z").toEpochMilli());
      long end = start + 40 * DAY;
      int together = 0;
      for (long bucket = buckets.of(start); bucket <= buckets.of(end); bucket++) {
        List<Long> starts = buckets.starts(bucket, start, end);
        assertTrue(starts.size() <= 26, () -> zone + ": " + starts.size());
        together += starts.size();
      }
      int walked = 0;
      for (long each = start; each < end; each = spec.endOf(each)) {
        walked++;
      }
      assertEquals(walked, together);
    }
  }
}
