package io.hourglass.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import io.hourglass.query.Resolution;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.DayPart;
import io.hourglass.store.KeyRow;
import io.hourglass.window.Aggregate;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.Source;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.Watch;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days and months tell the same of what is left of windows as of the windows, in every zone and over its changes of time. */
class BucketFoldTest {
  private static final long HOUR = 3_600_000;
  private static final long BUCKET = 24 * HOUR;
  private static final int DAYS = 45;

  private static Pipeline pipeline(ZoneId zone) {
    List<MeasureSpec> measures = List.of(new MeasureSpec("bytes", "bytes", EnumSet.complementOf(EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP))),
        new MeasureSpec("paths", "path", EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP)));
    Duration retention = Duration.ofDays(2);
    return new Pipeline("p", "p", Optional.empty(), Optional.empty(), new KeySpec(new WindowSpec(HOUR, zone, 0, 0), PaneSpec.OFF, measures, retention.toMillis()),
        Optional.empty(), Duration.ofMinutes(1), Duration.ofHours(1), retention, List.of(), 1, ConfigFactory.empty());
  }

  /** Closed windows of a key, oldest first, of random events; some hours have none. Of {@code bare} hours the sketches are not known. */
  private static List<KeyRow> hours(Pipeline pipeline, long begin, long seed, boolean bare) {
    Random random = new Random(seed);
    KeyWindows windows = new KeyWindows(pipeline.keys(), new KeyState(pipeline.keys()), Watch.NONE);
    for (int i = 0; i < DAYS * 24 * 2; i++) {
      windows.observe(new Source("t", 0), List.of(new Observation(i, begin + (long) (random.nextDouble() * DAYS * BUCKET), Watermark.NONE,
          new double[] {random.nextInt(900) - 100, Double.NaN}, new String[] {null, "/" + random.nextInt(200)})));
    }
    return windows.result(false).windows().stream().map(found -> windows.stored(found.start(), false))
        .map(found -> closed(found, bare && random.nextInt(20) == 0))
        .sorted((one, other) -> Long.compare(one.window().start(), other.window().start()))
        .map(found -> new KeyRow("k", found)).toList();
  }

  private static StoredWindow closed(StoredWindow found, boolean bare) {
    WindowResult open = found.window();
    return new StoredWindow(new WindowResult(open.start(), open.end(), "watermark", 1, open.end(), open.count(), open.count() % 3, open.measures()),
        bare ? Map.of() : found.sketches());
  }

  private static Map<Long, KeysTotal> totals(Pipeline pipeline, Resolution resolution, List<StoredWindow> summands) {
    Map<Long, KeysTotal> totals = new TreeMap<>();
    summands.forEach(each -> totals.computeIfAbsent(resolution.startOf(each.window().start(), pipeline.window().zone()),
        start -> KeysTotal.ofOneKey(pipeline.keys(), start)).add(each));
    return totals;
  }

  @ParameterizedTest
  @CsvSource({"UTC, 1995-07-01T00:00:00Z, false", "America/New_York, 2024-02-20T05:00:00Z, false", "Europe/Berlin, 2024-10-05T22:00:00Z, true",
      "Asia/Kathmandu, 2024-01-01T00:00:00Z, false", "Australia/Lord_Howe, 2024-03-20T00:00:00Z, true"})
  void whatIsLeftOfWindowsAddsUpToWhatTheyDid(String zone, String from, boolean bare) {
    Pipeline pipeline = pipeline(ZoneId.of(zone));
    List<KeyRow> hours = hours(pipeline, Instant.parse(from).toEpochMilli(), zone.hashCode(), bare);
    Map<Long, BucketFold> folds = new TreeMap<>();
    hours.forEach(row -> folds.computeIfAbsent(Math.floorDiv(row.window().start(), BUCKET), any -> new BucketFold(pipeline, in -> true, List.of())).add(row));
    List<StoredWindow> parts = new ArrayList<>();
    folds.values().forEach(fold -> fold.parts().forEach(part -> {
      assertEquals(part.day(), Resolution.DAY.startOf(part.total().window().start(), pipeline.window().zone()));
      assertEquals(part.starts().get(0), part.total().window().start());
      parts.add(part.total());
    }));
    assertEquals(hours.size(), folds.values().stream().mapToInt(BucketFold::windows).sum());
    for (Resolution resolution : Resolution.values()) {
      Map<Long, KeysTotal> expected = totals(pipeline, resolution, hours.stream().map(KeyRow::stored).toList());
      Map<Long, KeysTotal> found = totals(pipeline, resolution, parts);
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach((start, total) -> assertSame(total, found.get(start)));
    }
  }

  /** What came in two folds is what would have come in one. */
  @Test
  void aLaterFoldAddsToAnEarlierOne() {
    Pipeline pipeline = pipeline(ZoneId.of("UTC"));
    List<KeyRow> day = hours(pipeline, Instant.parse("2024-01-01T00:00:00Z").toEpochMilli(), 3, false).subList(0, 20);
    BucketFold whole = new BucketFold(pipeline, in -> true, List.of());
    day.forEach(whole::add);
    BucketFold some = new BucketFold(pipeline, in -> true, List.of());
    day.subList(3, 12).forEach(some::add);
    BucketFold rest = new BucketFold(pipeline, in -> true, some.parts());
    day.forEach(rest::add);
    assertEquals(whole.parts().get(0).starts(), rest.parts().get(0).starts());
    Map<Long, KeysTotal> expected = totals(pipeline, Resolution.DAY, day.stream().map(KeyRow::stored).toList());
    Map<Long, KeysTotal> found = totals(pipeline, Resolution.DAY, rest.parts().stream().map(DayPart::total).toList());
    expected.forEach((start, total) -> assertSame(total, found.get(start)));
  }

  private static void assertSame(KeysTotal expected, KeysTotal found) {
    assertEquals(expected.count(), found.count());
    assertEquals(expected.late(), found.late());
    expected.measures().forEach((name, measure) -> {
      assertEquals(measure.top(), found.measures().get(name).top());
      assertEquals(measure.count(), found.measures().get(name).count());
      assertEquals(measure.values().keySet(), found.measures().get(name).values().keySet(), name);
      measure.values().forEach((label, value) -> assertEquals(value, found.measures().get(name).values().get(label),
          (label.equals("distinct") ? 0.02 : 1e-9) * Math.abs(value), label));
    });
    assertEquals(expected.leftOut(), found.leftOut());
  }
}
