package io.hourglass.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.settings.Pipeline;
import io.hourglass.store.Bucket;
import io.hourglass.store.DayPart;
import io.hourglass.store.KeyRow;
import io.hourglass.store.Samples;
import io.hourglass.telemetry.Counters;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Windows go when they are beyond retention, whole, written as days, and read by nobody. */
class RetentionTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = FakeAgedWindows.DAY;
  private static final long FIRST = Instant.parse("1995-08-01T00:00:00Z").toEpochMilli();
  private static final long MONTH = 30 * DAY;

  private final Pipeline pipeline = Samples.bytes("p", "UTC");
  private final FakeAgedWindows windows = new FakeAgedWindows();
  private final AtomicLong now = new AtomicLong(5_000);
  private final Counters counters = new Counters();
  private final Retention retention = new Retention(windows, counters, () -> Instant.ofEpochMilli(now.get()), Duration.ofMinutes(2));

  private static KeyRow row(String key, long start, String closedBy, int count) {
    return new KeyRow(key, new StoredWindow(new WindowResult(start, start + HOUR, closedBy, 1, start + HOUR, count, 1,
        count == 0 ? Map.of() : Map.of("bytes", new MeasureResult(count, Map.of("sum", 10.0 * count)))), Map.of()));
  }

  private void threeDays(String closedBy) {
    for (int hour = 0; hour < 72; hour++) {
      windows.put(row("a", FIRST + hour * HOUR, closedBy, 1));
      windows.put(row("b", FIRST + hour * HOUR, closedBy, 2));
    }
  }

  private void pass(long watermark) {
    retention.pass(pipeline, watermark).toCompletableFuture().join();
  }

  private Bucket bucket(int day) {
    return windows.buckets.get(FIRST / DAY + day);
  }

  @Test
  void whatIsWithinRetentionStays() {
    threeDays("watermark");
    pass(FIRST + MONTH + DAY - 1);
    assertTrue(windows.parts.isEmpty());
    pass(FIRST + MONTH + DAY);
    assertEquals(1, windows.parts.size());
    assertTrue(bucket(0).folded());
    assertFalse(bucket(1).folded());
  }

  @Test
  void nothingGoesWhileTheWatermarkIsNotKnown() {
    threeDays("watermark");
    pass(Watermark.NONE);
    pass(Watermark.NONE + 1);
    assertTrue(windows.parts.isEmpty());
  }

  @Test
  void daysAreWrittenKeyByKey() {
    threeDays("watermark");
    pass(FIRST + MONTH + 3 * DAY);
    DayPart part = windows.parts.get(FIRST / DAY + 1).get(1);
    assertEquals("b", part.key());
    assertEquals(24, part.windows());
    assertEquals(new WindowResult(FIRST + DAY, FIRST + 2 * DAY, "watermark", 1, FIRST + 2 * DAY, 48, 24,
        Map.of("bytes", new MeasureResult(48, Map.of("sum", 480.0)))), part.total().window());
    assertTrue(counters.exposition().contains("hourglass_windows_folded_total{pipeline=\"p\"} 144\n"), counters::exposition);
  }

  @Test
  void windowsStayUntilNobodyReadsThem() {
    threeDays("wallclock");
    pass(FIRST + MONTH + 3 * DAY);
    now.addAndGet(119_999);
    pass(FIRST + MONTH + 3 * DAY);
    assertEquals(3, windows.rows.size());
    now.addAndGet(1);
    pass(FIRST + MONTH + 3 * DAY);
    assertEquals(0, windows.rows.size());
    assertTrue(bucket(0).removed() && bucket(2).removed());
    assertEquals("wallclock", windows.parts.get(FIRST / DAY).get(0).total().window().closedBy());
  }

  @Test
  void aBucketWithAnOpenWindowIsKept() {
    threeDays("watermark");
    windows.put(row("c", FIRST + 5 * HOUR, null, 0));
    pass(FIRST + MONTH + 3 * DAY);
    assertFalse(bucket(0).folded());
    assertTrue(bucket(1).folded());
  }

  @Test
  void whatFailedIsDoneAgainAndNothingIsRemovedBeforeItsDaysAreWritten() {
    threeDays("watermark");
    for (String step : new String[] {"rows", "fold", "remove"}) {
      if (step.equals("remove")) {
        pass(FIRST + MONTH + 3 * DAY);
        now.addAndGet(120_000);
      }
      windows.broken = step;
      assertThrows(CompletionException.class, () -> pass(FIRST + MONTH + 3 * DAY), step);
      now.addAndGet(120_000);
      assertTrue(bucket(0).folded(), "the others have their turn");
      windows.buckets.values().forEach(each -> assertTrue(each.folded() || windows.rows.containsKey(each.number()), step));
    }
    assertEquals(0, windows.rows.size());
    windows.parts.values().forEach(parts -> assertEquals(72, parts.stream().mapToLong(each -> each.total().window().count()).sum()));
  }

  /** Late events whose window is long gone leave a row that is nobody's; it does not take the place of the day. */
  @Test
  void whatComesAfterTheFoldChangesNothing() {
    threeDays("watermark");
    pass(FIRST + MONTH + 3 * DAY);
    windows.rows.get(FIRST / DAY).add(row("a", FIRST, "watermark", 0));
    pass(FIRST + MONTH + 3 * DAY);
    assertEquals(24, windows.parts.get(FIRST / DAY).get(0).total().window().count());
  }
}
