package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.store.Samples;
import io.hourglass.window.Frequent;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written by hand is what the record would be written as. */
class WindowBytesTest {

  @Property(tries = 500)
  void everyWindowIsWrittenAsItsRecord(@ForAll String key, @ForAll int hour, @ForAll boolean closed, @ForAll int revision, @ForAll boolean marked,
      @ForAll long count, @ForAll double sum, @ForAll double distinct, @ForAll String label, @ForAll String top,
      @ForAll boolean exact) {
    Map<String, Double> values = new LinkedHashMap<>(Map.of("sum", sum));
    values.put("distinct", Math.abs(distinct));
    values.put("max", Double.POSITIVE_INFINITY);
    Map<String, MeasureResult> measures = new LinkedHashMap<>(Map.of("bytes", new MeasureResult(count, values, List.of(new Frequent(top, count, exact ? 0 : 7), new Frequent(label, 1, 0)))));
    measures.put(label, new MeasureResult(0, Map.of(), List.of()));
    WindowResult window = new WindowResult(hour * 3_600_000L, (hour + 1) * 3_600_000L, closed ? "wallclock" : null, revision,
        marked ? hour * 3_600_001L : Watermark.NONE, count, count / 2, measures);
    assertEquals(new String(Json.bytes(WindowJson.of("p", key, window)), StandardCharsets.UTF_8),
        new String(WindowBytes.of(Samples.hourly("p", "UTC"), key, window), StandardCharsets.UTF_8));
  }
}
