package io.hourglass.window;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A window as it is told to others: what it holds and how complete it is.
 *
 * @param closedBy {@code watermark}, {@code wallclock}, or null while open
 * @param watermark the key's watermark when this was said, epoch milliseconds
 * @param late events that came after the close
 * @param measures by name
 */
public record WindowResult(
    long start,
    long end,
    String closedBy,
    int revision,
    long watermark,
    long count,
    long late,
    Map<String, MeasureResult> measures) {

  /**
   * A measure's count and its aggregates by label; an aggregate of nothing is absent.
   *
   * @param top the most frequent texts; empty: none, or not kept
   */
  public record MeasureResult(long count, Map<String, Double> values, List<Frequent> top) {
    public MeasureResult {
      top = top == null ? List.of() : top; // as releases before this one tell it
    }
  }

  /** An aggregate of nothing is left out. */
  static Map<String, MeasureResult> measures(List<MeasureSpec> specs, WindowView window) {
    Map<String, MeasureResult> measures = new LinkedHashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (Aggregate aggregate : specs.get(i).numbers()) {
        double value = window.value(i, aggregate);
        if (!Double.isNaN(value)) {
          values.put(aggregate.label(), value);
        }
      }
      measures.put(specs.get(i).name(), new MeasureResult(window.count(i), values, window.top(i)));
    }
    return measures;
  }

  public boolean closed() {
    return closedBy != null;
  }
}
