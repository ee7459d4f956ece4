package io.hourglass.window;

import static io.hourglass.window.Aggregate.*;

import java.util.List;
import java.util.Map;

/**
 * What one window keeps of one field: only the parts that its aggregates need. Not for several threads;
 * a part handed over as {@link MeasureData} is never changed again.
 */
final class Measure {
  private long count;
  private Sum sum;
  private Extrema extrema;
  private Moments moments;
  private Edge first;
  private Edge last;
  private QuantileSketch quantiles;
  private DistinctSketch distinct;
  private final TopSketch top;
  private final MeasureSpec spec;
  private final boolean edges;

  Measure(MeasureSpec spec) {
    this.spec = spec;
    edges = spec.keeps(FIRST) || spec.keeps(LAST);
    sum = spec.keeps(SUM) || spec.keeps(MEAN) ? Sum.ZERO : null;
    extrema = spec.keeps(MIN) || spec.keeps(MAX) ? Extrema.NONE : null;
    moments = spec.keeps(STDDEV) ? Moments.NONE : null;
    quantiles = spec.keeps(P50) || spec.keeps(P95) || spec.keeps(P99) ? new QuantileSketch() : null;
    distinct = spec.keeps(DISTINCT) ? new DistinctSketch() : null;
    top = spec.keeps(TOP) ? new TopSketch() : null;
  }

  Measure(MeasureSpec spec, MeasureData data) {
    this(spec);
    count = data.count();
    sum = sum == null || data.sum() == null ? sum : data.sum();
    extrema = extrema == null || data.extrema() == null ? extrema : data.extrema();
    moments = moments == null || data.moments() == null ? moments : data.moments();
    first = data.first();
    last = data.last();
    quantiles = quantiles == null || data.quantiles() == null ? quantiles : QuantileSketch.decode(data.quantiles());
    distinct = distinct == null || data.distinct() == null ? distinct : DistinctSketch.decode(data.distinct());
    if (top != null && data.top() != null) {
      top.merge(TopSketch.decode(data.top()));
    } else if (top != null) {
      top.unknown(count); // the pipeline did not keep them then
    }
  }

  /** Takes a number (NaN: the event has none) and a text (null: the event has none). */
  void add(double number, String text, Source source, Observation observation) {
    boolean numeric = !Double.isNaN(number);
    if (numeric || (text != null && !spec.ofNumbers())) {
      count++;
    }
    if (numeric) {
      addNumber(number, source, observation);
    }
    if (distinct != null && text != null) {
      distinct.add(text);
    }
    if (top != null && text != null) {
      top.add(text);
    }
  }

  private void addNumber(double number, Source source, Observation at) {
    sum = sum == null ? null : sum.add(number);
    extrema = extrema == null ? null : extrema.add(number);
    moments = moments == null ? null : moments.add(number);
    if (quantiles != null) {
      quantiles.add(number);
    }
    if (edges) {
      Edge edge = new Edge(at.timestamp(), source.partition(), at.offset(), number);
      first = Edge.first(first, edge);
      last = Edge.last(last, edge);
    }
  }

  void merge(Measure other) {
    mergeSimple(other);
    if (distinct != null) {
      distinct.merge(other.distinct);
    }
  }

  /** Takes in all but the distinct values, of which there is a faster way for many. */
  void mergeSimple(Measure other) {
    count += other.count;
    sum = sum == null ? null : sum.merge(other.sum);
    extrema = extrema == null ? null : extrema.merge(other.extrema);
    moments = moments == null ? null : moments.merge(other.moments);
    first = Edge.first(first, other.first);
    last = Edge.last(last, other.last);
    if (quantiles != null) {
      quantiles.merge(other.quantiles);
    }
    if (top != null) {
      top.merge(other.top);
    }
  }

  /** The distinct values; null when they are not kept. */
  DistinctSketch distinct() {
    return distinct;
  }

  /** Has the distinct values replaced. */
  void distinct(DistinctSketch values) {
    distinct = values;
  }

  /** Rough size in memory, in bytes. */
  int weight() {
    return 200 + (quantiles == null ? 0 : quantiles.weight()) + (distinct == null ? 0 : distinct.weight()) + (top == null ? 0 : top.weight());
  }

  Measure copy() {
    return new Measure(spec, data());
  }

  long count() {
    return count;
  }

  /**
   * The aggregate over this measure and {@code more} of it (may be null); NaN when nothing was seen or when it
   * lies beyond all doubles.
   */
  double value(Aggregate aggregate, Measure more) {
    double value = unbounded(aggregate, more);
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  private double unbounded(Aggregate aggregate, Measure more) {
    long n = count + (more == null ? 0 : more.count);
    if (n == 0 && aggregate != DISTINCT && aggregate != SUM) {
      return Double.NaN;
    }
    return switch (aggregate) {
      case SUM -> sum(more);
      case MEAN -> sum(more) / n;
      case MIN -> extrema(more).min();
      case MAX -> extrema(more).max();
      case STDDEV -> (more == null ? moments : moments.merge(more.moments)).stddev();
      case FIRST -> Edge.first(first, more == null ? null : more.first).value();
      case LAST -> Edge.last(last, more == null ? null : more.last).value();
      case P50, P95, P99 -> within(quantiles(more).quantile(aggregate.quantile()), more);
      case DISTINCT -> distinct(more).count();
      case TOP -> Double.NaN;
    };
  }

  private double sum(Measure more) {
    return (more == null ? sum : sum.merge(more.sum)).value();
  }

  private Extrema extrema(Measure more) {
    return more == null ? extrema : extrema.merge(more.extrema);
  }

  /** A quantile is never told beyond the least and the greatest value, where these are kept. */
  private double within(double quantile, Measure more) {
    Extrema bounds = extrema == null ? Extrema.NONE : extrema(more);
    return bounds.min() > bounds.max() ? quantile : Math.min(Math.max(quantile, bounds.min()), bounds.max());
  }

  private QuantileSketch quantiles(Measure more) {
    if (more == null || more.quantiles.total() == 0) {
      return quantiles;
    }
    QuantileSketch both = quantiles.copy();
    both.merge(more.quantiles);
    return both;
  }

  private DistinctSketch distinct(Measure more) {
    if (more == null || more.count == 0) {
      return distinct;
    }
    DistinctSketch both = distinct.copy();
    both.merge(more.distinct);
    return both;
  }

  /** The most frequent texts over this measure and {@code more} of it (may be null). */
  List<Frequent> top(Measure more) {
    if (top == null || more == null || more.top.isEmpty()) {
      return top == null ? List.of() : top.top();
    }
    TopSketch both = top.copy();
    both.merge(more.top);
    return both.top();
  }

  /** What no result tells. */
  void sketches(String name, Map<String, byte[]> into) {
    if (quantiles != null && quantiles.total() > 0) {
      into.put(name + StoredWindow.QUANTILES, quantiles.encode());
    }
    if (distinct != null && count > 0) {
      into.put(name + StoredWindow.DISTINCT, distinct.encode());
    }
    if (top != null && !top.isEmpty()) {
      into.put(name + StoredWindow.TOP, top.encode());
    }
  }

  MeasureData data() {
    return new MeasureData(count, sum, extrema, moments, first, last,
        quantiles == null ? null : quantiles.encode(), distinct == null ? null : distinct.encode(),
        top == null ? null : top.encode());
  }
}
