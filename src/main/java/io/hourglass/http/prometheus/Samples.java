package io.hourglass.http.prometheus;

import io.hourglass.query.Criterion;
import io.hourglass.window.WindowResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The windows of a key as samples: at every instant of a window its value; of an open one up to now. */
final class Samples {
  private final Criterion criterion;
  private final long now;
  private final TreeMap<Long, Value> values = new TreeMap<>();

  private record Value(long before, double value) {}

  /** @param now epoch milliseconds */
  Samples(Criterion criterion, long now) {
    this.criterion = criterion;
    this.now = now;
  }

  /** These, over others that begin at the same time. */
  Samples add(Stream<WindowResult> windows) {
    windows.forEach(each -> values.put(each.start(), new Value(each.closed() ? each.end() : Math.min(each.end(), now + 1), criterion.of(each))));
    return this;
  }

  /** {@code [[1435781430.781,"1"],…]}. */
  List<List<Object>> at(Steps steps) {
    List<List<Object>> samples = new ArrayList<>();
    for (long at = steps.from(); at <= steps.to(); at += steps.stepMs()) {
      List<Object> sample = at(at);
      if (sample != null) {
        samples.add(sample);
      }
    }
    return samples;
  }

  /** Null when there is no window. */
  List<Object> at(long time) {
    var window = values.floorEntry(time);
    if (window == null || time >= window.getValue().before() || Double.isNaN(window.getValue().value())) {
      return null;
    }
    return sample(time, window.getValue().value());
  }

  static List<Object> sample(long timeMs, double value) {
    return List.of(BigDecimal.valueOf(timeMs, 3), text(value));
  }

  private static String text(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
