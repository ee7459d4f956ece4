package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.store.Samples;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written by hand is what the record would be written as. */
class WindowBytesTest {

  @Property(tries = 500)
  void everyWindowIsWrittenAsItsRecord(@ForAll String key, @ForAll int hour, @ForAll boolean closed, @ForAll int revision, @ForAll boolean marked,
      @ForAll long count, @ForAll double sum, @ForAll double distinct, @ForAll String label) {
    Map<String, Double> values = new LinkedHashMap<>(Map.of("sum", sum));
    values.put("distinct", Math.abs(distinct));
    values.put("max", Double.POSITIVE_INFINITY);
    Map<String, MeasureResult> measures = new LinkedHashMap<>(Map.of("bytes", new MeasureResult(count, values)));
    measures.put(label, new MeasureResult(0, Map.of()));
    WindowResult window = new WindowResult(hour * 3_600_000L, (hour + 1) * 3_600_000L, closed ? "wallclock" : null, revision,
        marked ? hour * 3_600_001L : Watermark.NONE, count, count / 2, measures);
    assertEquals(new String(Json.bytes(WindowJson.of("p", key, window)), StandardCharsets.UTF_8),
        new String(WindowBytes.of(Samples.hourly("p", "UTC"), key, window), StandardCharsets.UTF_8));
  }
}
