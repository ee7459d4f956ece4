package io.hourglass.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One window of many keys, or many windows of one, added up. Live windows are added with all they hold; of one that is told by
 * its results the parts that follow from these (counts, sum, min, max, mean, stddev; of one key first and last too), and its
 * sketches. What cannot be added is left out of the whole, and named. Not for several threads.
 */
public final class KeysTotal {
  private final KeySpec spec;
  private final boolean ofOneKey;
  private final Tally tally;
  private final DistinctSketch.Merging[] distinct;
  private final Set<String> leftOut = new TreeSet<>();
  private long late;

  public KeysTotal(KeySpec spec, long start) {
    this(spec, start, false);
  }

  private KeysTotal(KeySpec spec, long start, boolean ofOneKey) {
    this.spec = spec;
    this.ofOneKey = ofOneKey;
    this.tally = new Tally(start, 0, spec.measures());
    this.distinct = new DistinctSketch.Merging[spec.measures().size()];
  }

  /** Of windows of one key, so that it is known which value came first. */
  public static KeysTotal ofOneKey(KeySpec spec, long start) {
    return new KeysTotal(spec, start, true);
  }

  public void add(WindowShare share) {
    add(share.window().base());
    if (share.window().more() != null) {
      add(share.window().more());
    }
    late += share.late();
  }

  /** Adds what others have added up. */
  public void add(TotalData data) {
    add(new Tally(data.tally(), spec.measures()));
    late += data.late();
    leftOut.addAll(data.leftOut());
  }

  private void add(Tally other) {
    tally.mergeSimple(other);
    for (int i = 0; i < distinct.length; i++) {
      if (other.measure(i).distinct() != null && other.measure(i).count() > 0) {
        distinct[i] = distinct[i] == null ? new DistinctSketch.Merging() : distinct[i];
        distinct[i].add(other.measure(i).distinct());
      }
    }
  }

  /** Adds a window as the read table has it. */
  public void add(StoredWindow stored) {
    WindowResult window = stored.window();
    Map<String, MeasureData> parts = new LinkedHashMap<>();
    for (MeasureSpec measure : spec.measures()) {
      WindowResult.MeasureResult result = window.measures().get(measure.name());
      if (result != null && result.count() > 0) {
        parts.put(measure.name(), part(measure, result, stored));
      }
    }
    add(new Tally(new TallyData(tally.start(), 0, window.count(), parts, null), spec.measures()));
    late += window.late();
  }

  private MeasureData part(MeasureSpec measure, WindowResult.MeasureResult result, StoredWindow stored) {
    byte[] quantiles = stored.sketches().get(measure.name() + StoredWindow.QUANTILES);
    byte[] values = stored.sketches().get(measure.name() + StoredWindow.DISTINCT);
    byte[] texts = stored.sketches().get(measure.name() + StoredWindow.TOP);
    MeasureData numbers = numbers(measure, result);
    for (Aggregate aggregate : measure.aggregates()) {
      String sketch = StoredWindow.sketch(aggregate);
      if (!sketch.isEmpty() && !stored.sketches().containsKey(measure.name() + sketch)) {
        leaveOut(measure, aggregate);
      }
    }
    return new MeasureData(numbers.count(), numbers.sum(), numbers.extrema(), numbers.moments(),
        edge(measure, Aggregate.FIRST, result, stored.window().start()), edge(measure, Aggregate.LAST, result, stored.window().end() - 1), quantiles, values, texts);
  }

  private Edge edge(MeasureSpec measure, Aggregate which, WindowResult.MeasureResult result, long at) {
    Double value = result.values().get(which.label());
    if (measure.keeps(which) && (value == null || !ofOneKey)) {
      leaveOut(measure, which);
    }
    return value == null || !ofOneKey ? null : new Edge(at, 0, 0, value);
  }

  private void leaveOut(MeasureSpec measure, Aggregate aggregate) {
    leftOut.add(measure.name() + "." + aggregate.label());
  }

  private MeasureData numbers(MeasureSpec measure, WindowResult.MeasureResult result) {
    long n = result.count();
    Map<String, Double> values = result.values();
    Double mean = values.get(Aggregate.MEAN.label());
    Double sum = values.getOrDefault(Aggregate.SUM.label(), mean == null ? null : mean * n);
    Double stddev = values.get(Aggregate.STDDEV.label());
    mean = mean == null && sum != null ? Double.valueOf(sum / n) : mean;
    boolean spread = stddev != null && mean != null;
    for (Aggregate aggregate : measure.aggregates()) {
      boolean unknown = aggregate == Aggregate.STDDEV && !spread
          || (aggregate == Aggregate.MEAN || aggregate == Aggregate.SUM) && sum == null
          || (aggregate == Aggregate.MIN || aggregate == Aggregate.MAX) && values.get(aggregate.label()) == null;
      if (unknown) {
        leaveOut(measure, aggregate);
      }
    }
    Extrema extrema = new Extrema(values.getOrDefault(Aggregate.MIN.label(), Double.NEGATIVE_INFINITY),
        values.getOrDefault(Aggregate.MAX.label(), Double.POSITIVE_INFINITY)); // what is not told bounds nothing
    return new MeasureData(n, sum == null ? null : new Sum(sum, 0), extrema,
        spread ? new Moments(n, mean, stddev * stddev * n) : null, null, null, null, null, null);
  }

  /** What has been added, to be sent to others who add it up. */
  public TotalData data() {
    for (int i = 0; i < distinct.length; i++) {
      if (distinct[i] != null) {
        tally.measure(i).distinct(distinct[i].merged());
      }
    }
    return new TotalData(tally.data(null), late, new ArrayList<>(leftOut));
  }

  /** Measure by measure, without what is left out; an aggregate of nothing is absent. */
  public Map<String, WindowResult.MeasureResult> measures() {
    data();
    Map<String, WindowResult.MeasureResult> measures = WindowResult.measures(spec.measures(), new LiveWindow(spec, tally.start(), tally, null));
    measures.forEach((name, measure) -> measure.values().keySet().removeIf(label -> leftOut.contains(name + "." + label)));
    measures.replaceAll((name, measure) -> leftOut.contains(name + "." + Aggregate.TOP.label()) ? new WindowResult.MeasureResult(measure.count(), measure.values(), List.of()) : measure);
    return measures;
  }

  /** As the read table has a window; sketches of what is left out are left out too. */
  public StoredWindow stored(long end, String closedBy, long watermark) {
    WindowResult window = new WindowResult(tally.start(), end, closedBy, 1, watermark, count(), late, measures());
    Map<String, byte[]> sketches = tally.sketches();
    for (MeasureSpec measure : spec.measures()) {
      measure.aggregates().stream().filter(each -> leftOut.contains(measure.name() + "." + each.label()))
          .forEach(each -> sketches.remove(measure.name() + StoredWindow.sketch(each)));
    }
    return new StoredWindow(window, sketches);
  }

  public long count() {
    return tally.count();
  }

  public long late() {
    return late;
  }

  /** Aggregates that could not be added up, {@code bytes.p95}. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }
}
