package io.hourglass.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.Done;
import io.hourglass.settings.Pipeline;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Windows go when they are beyond retention and written as days; whenever they come and whatever fails, each counts once. */
class RetentionTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = FakeAgedWindows.DAY;
  private static final long FIRST = Instant.parse("1995-08-01T00:00:00Z").toEpochMilli();
  private static final long BUCKET = FIRST / DAY;
  private static final long MONTH = 30 * DAY;
  private static final long AFTER = FIRST + MONTH + 3 * DAY;

  private final Pipeline pipeline = Samples.bytes("p", "UTC");
  private final FakeAgedWindows windows = new FakeAgedWindows();
  private final AtomicLong now = new AtomicLong(AFTER + DAY);
  private final Counters counters = new Counters();
  private final Retention retention = new Retention(windows, counters, () -> Instant.ofEpochMilli(now.get()));

  private static KeyRow row(String key, long start, String closedBy, int count) {
    return new KeyRow(key, new StoredWindow(new WindowResult(start, start + HOUR, closedBy, 1, start + HOUR, count, 1,
        count == 0 ? Map.of() : Map.of("bytes", new MeasureResult(count, Map.of("sum", 10.0 * count), List.of()))), Map.of()));
  }

  private void threeDays(String closedBy) {
    for (int hour = 0; hour < 72; hour++) {
      windows.put(row("a", FIRST + hour * HOUR, closedBy, 1), FIRST);
      windows.put(row("b", FIRST + hour * HOUR, closedBy, 2), FIRST);
    }
  }

  private void pass(long watermark) {
    retention.pass(List.of(pipeline), each -> watermark).toCompletableFuture().join();
  }

  private long counted() {
    return windows.parts().stream().mapToLong(each -> each.total().window().count()).sum();
  }

  @Test
  void whatIsWithinRetentionStays() {
    threeDays("watermark");
    pass(FIRST + MONTH + DAY - 1);
    assertEquals(List.of(), windows.parts());
    pass(FIRST + MONTH + DAY);
    assertEquals(List.of(FIRST, FIRST), windows.parts().stream().map(DayPart::day).toList());
    assertEquals(0, windows.rows(BUCKET));
    assertEquals(48, windows.rows(BUCKET + 1));
  }

  @Test
  void nothingGoesWhileTheWatermarkIsNotKnownOrStandsInTheFuture() {
    threeDays("watermark");
    pass(Watermark.NONE);
    pass(Watermark.NONE + 1);
    now.set(FIRST + MONTH);
    pass(AFTER + 3 * MONTH);
    assertEquals(List.of(), windows.parts());
    assertEquals(48, windows.rows(BUCKET));
  }

  @Test
  void daysAreWrittenKeyByKey() {
    threeDays("wallclock");
    pass(AFTER);
    DayPart part = windows.parts().get(3);
    assertEquals("b", part.key());
    assertEquals(FIRST + DAY, part.day());
    assertEquals(LongStream.range(0, 24).map(hour -> FIRST + DAY + hour * HOUR).boxed().toList(), part.starts());
    assertEquals(new WindowResult(FIRST + DAY, FIRST + 2 * DAY, "wallclock", 1, FIRST + 2 * DAY, 48, 24,
        Map.of("bytes", new MeasureResult(48, Map.of("sum", 480.0), List.of()))), part.total().window());
    assertTrue(counters.exposition().contains("hourglass_windows_folded_total{pipeline=\"p\"} 144\n"), counters::exposition);
  }

  /** Longer than a window may stay open, windows are kept anyhow. */
  @Test
  void retentionIsNoShorterThanAWindowIsOpen() {
    Pipeline hasty = new Pipeline("p", "p", pipeline.key(), pipeline.timestamp(), pipeline.keys(), pipeline.idleClose(), pipeline.idleTimeout(),
        pipeline.maxAhead(), Duration.ofMinutes(1), List.of(), 64, pipeline.config());
    threeDays("watermark");
    retention.pass(List.of(hasty), each -> FIRST + DAY + HOUR + 300_000 - 1).toCompletableFuture().join();
    assertEquals(List.of(), windows.parts());
    retention.pass(List.of(hasty), each -> FIRST + DAY + HOUR + 300_000).toCompletableFuture().join();
    assertEquals(2, windows.parts().size());
  }

  /** A key that awaits the end of an hour leaves an open row, also when nothing comes in it. */
  @Test
  void anOpenWindowIsWaitedForADay() {
    threeDays("watermark");
    windows.put(row("c", FIRST + DAY + 5 * HOUR, null, 0), FIRST);
    pass(FIRST + MONTH + 3 * DAY - 1);
    assertEquals(49, windows.rows(BUCKET + 1));
    assertEquals(0, windows.rows(BUCKET));
    pass(FIRST + MONTH + 3 * DAY);
    assertEquals(0, windows.rows(BUCKET + 1));
    assertEquals(List.of("a", "a", "a", "b", "b", "b"), windows.parts().stream().map(DayPart::key).sorted().toList());
  }

  @Test
  void whatFailedIsDoneAgainAndNothingIsRemovedBeforeItsDaysAreWritten() {
    threeDays("watermark");
    for (String step : List.of("rows", "parts", "write", "remove")) {
      windows.broken = step;
      assertThrows(CompletionException.class, () -> pass(AFTER), step);
      assertEquals(0, windows.rows(BUCKET), "the others have their turn");
      assertEquals(48, windows.rows(BUCKET + 2), step);
    }
    pass(AFTER);
    assertEquals(0, windows.rows(BUCKET + 2));
    assertEquals(3 * 72, counted());
  }

  @Test
  void aPipelineThatFailsKeepsNoOther() {
    threeDays("watermark");
    windows.broken = "rows";
    assertThrows(CompletionException.class, () -> retention.pass(List.of(pipeline, pipeline), each -> AFTER).toCompletableFuture().join());
    assertEquals(0, windows.rows(BUCKET + 2));
  }

  /** Of a partition that was idle, or a key that had left before its close was told. */
  @Test
  void aWindowThatComesLaterIsAddedOnce() {
    threeDays("watermark");
    pass(AFTER);
    windows.put(row("a", FIRST + 30 * 60_000, "watermark", 100), now.get());
    windows.put(row("a", FIRST, "watermark", 1), now.get());
    windows.put(row("new", FIRST, "watermark", 1_000), now.get());
    pass(AFTER);
    pass(AFTER);
    assertEquals(3 * 72 + 100 + 1_000, counted());
    assertEquals(3, windows.rows(BUCKET), "too new to be removed");
    now.addAndGet(60_001);
    pass(AFTER);
    assertEquals(0, windows.rows(BUCKET));
    assertEquals(3 * 72 + 100 + 1_000, counted());
  }

  @Test
  void whatComesWhileABucketIsReadIsNotRemovedWithIt() {
    threeDays("watermark");
    windows.meanwhile = () -> windows.put(row("new", FIRST + 2 * DAY, "watermark", 7), now.get());
    pass(AFTER);
    assertEquals(3 * 72, counted());
    assertEquals(1, windows.rows(BUCKET + 2));
    now.addAndGet(60_001);
    pass(AFTER);
    assertEquals(3 * 72 + 7, counted());
    assertEquals(0, windows.rows(BUCKET + 2));
  }

  /** Two nodes at once: the other one has written the days and removed the windows after half of them were read here. */
  @Test
  void aFoldOfHalfABucketDoesNotTakeThePlaceOfAWholeOne() {
    threeDays("watermark");
    windows.meanwhile = () -> pass(AFTER);
    pass(AFTER);
    assertEquals(3 * 72, counted());
  }

  @Test
  void windowsOfAnotherSizeStay() {
    windows.put(row("a", FIRST + 30 * DAY, "watermark", 1), FIRST);
    FakeAgedWindows misplaced = new FakeAgedWindows() {
      @Override
      public CompletionStage<List<Long>> before(Pipeline any, int shard, long start) {
        return CompletableFuture.completedFuture(shard == SHARD ? List.of(BUCKET) : List.of());
      }

      @Override
      public CompletionStage<akka.Done> rows(Pipeline any, int shard, long bucket, Consumer<KeyRow> told) {
        told.accept(row("a", FIRST + 30 * DAY, "watermark", 1));
        return CompletableFuture.completedFuture(Done.getInstance());
      }
    };
    new Retention(misplaced, counters, () -> Instant.ofEpochMilli(now.get())).pass(List.of(pipeline), each -> AFTER).toCompletableFuture().join();
    assertEquals(List.of(), misplaced.parts());
  }

  @Test
  void nothingIsBegunAfterTheEnd() {
    threeDays("watermark");
    windows.meanwhile = retention::end;
    pass(AFTER);
    assertEquals(48, windows.rows(BUCKET));
  }
}
