package io.hourglass.http;

import io.hourglass.window.Aggregate;
import io.hourglass.window.Frequent;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A window as it goes out. A measure is its count and its aggregates; {@code distinct} is a whole number, {@code top} a list. */
public record WindowJson(
    String pipeline,
    String key,
    Instant start,
    Instant end,
    String state,
    String closedBy,
    int revision,
    Instant watermark,
    long count,
    long late,
    Map<String, Map<String, Object>> measures) {

  static WindowJson of(String pipeline, String key, WindowResult window) {
    return new WindowJson(pipeline, key, Instant.ofEpochMilli(window.start()), Instant.ofEpochMilli(window.end()),
        window.closed() ? "closed" : "open", window.closedBy(), window.revision(), Json.time(window.watermark()),
        window.count(), window.late(), measures(window));
  }

  static Map<String, Map<String, Object>> measures(WindowResult window) {
    Map<String, Map<String, Object>> measures = new LinkedHashMap<>();
    window.measures().forEach((name, measure) -> measures.put(name, measure(measure)));
    return measures;
  }

  static Map<String, Object> measure(MeasureResult measure) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("count", measure.count());
    measure.values().forEach((label, value) -> values.put(label, number(label, value)));
    if (!measure.top().isEmpty()) {
      values.put(Aggregate.TOP.label(), measure.top().stream().map(WindowJson::frequent).toList());
    }
    return values;
  }

  private static Map<String, Object> frequent(Frequent each) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("value", each.value());
    told.put("count", each.count());
    if (each.error() > 0) {
      told.put("error", each.error());
    }
    return told;
  }

  private static Object number(String label, double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return label.equals(Aggregate.DISTINCT.label()) ? (Object) Math.round(value) : (Object) value;
  }
}
