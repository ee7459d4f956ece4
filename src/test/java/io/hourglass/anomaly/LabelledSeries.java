package io.hourglass.anomaly;

import java.util.ArrayList;
import java.util.List;

/**
 * A series whose anomalies are known.
 *
 * @param times epoch milliseconds, ascending
 * @param anomalies the rows where an anomaly begins, ascending
 */
record LabelledSeries(String family, String name, long[] times, double[] values, int[] anomalies) {

  /** Rows {@code [from, to)} in which a detection counts as one of the anomaly. */
  record Window(int from, int to) {}

  int rows() {
    return values.length;
  }

  /** The first 15 % of the rows, at most 750: to learn from, not judged. */
  int probation() {
    return (int) Math.min(0.15 * rows(), 750);
  }

  /** A tenth of the rows, shared out among the anomalies, centred on each; windows that touch become one. */
  List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    int half = anomalies.length == 0 ? 0 : rows() / 20 / anomalies.length;
    for (int anomaly : anomalies) {
      Window window = new Window(Math.max(probation(), anomaly - half), Math.min(rows(), anomaly + half + 1));
      Window last = windows.isEmpty() ? null : windows.get(windows.size() - 1);
      if (last != null && last.to() >= window.from()) {
        windows.set(windows.size() - 1, new Window(last.from(), window.to()));
      } else {
        windows.add(window);
      }
    }
    return windows;
  }
}
