package io.hourglass.http.prometheus;

import io.hourglass.query.Criterion;
import io.hourglass.window.WindowResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The windows of a key as samples: at every instant of a window, its value. */
final class Samples {
  private final Criterion criterion;
  private final TreeMap<Long, WindowResult> windows = new TreeMap<>();

  Samples(Criterion criterion, List<WindowResult> windows) {
    this.criterion = criterion;
    windows.forEach(each -> this.windows.put(each.start(), each));
  }

  /** {@code [[1435781430.781,"1"],…]}, at {@code from}, {@code from + step} and so on up to {@code to}. */
  List<List<Object>> range(long from, long to, long stepMs) {
    List<List<Object>> samples = new ArrayList<>();
    for (long at = from; at <= to; at += stepMs) {
      List<Object> sample = at(at);
      if (sample != null) {
        samples.add(sample);
      }
    }
    return samples;
  }

  /** Null when there is no window. */
  List<Object> at(long time) {
    var window = windows.floorEntry(time);
    if (window == null || time >= window.getValue().end()) {
      return null;
    }
    double value = criterion.of(window.getValue());
    return Double.isNaN(value) ? null : sample(time, value);
  }

  static List<Object> sample(long timeMs, double value) {
    return List.of(BigDecimal.valueOf(timeMs, 3), text(value));
  }

  private static String text(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
