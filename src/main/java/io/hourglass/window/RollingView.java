package io.hourglass.window;

import java.util.List;
import java.util.Map;

/** Panes put together to a rolling window; measures are merged when one is asked for, once. */
final class RollingView implements WindowView {
  private final KeySpec spec;
  private final long start;
  private final long end;
  private final List<Tally> panes;
  private final Measure[] merged;

  RollingView(KeySpec spec, long start, long end, List<Tally> panes) {
    this.spec = spec;
    this.start = start;
    this.end = end;
    this.panes = panes;
    this.merged = new Measure[spec.measures().size()];
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public long count() {
    long count = 0;
    for (Tally pane : panes) {
      count += pane.count();
    }
    return count;
  }

  @Override
  public long count(int measure) {
    long count = 0;
    for (Tally pane : panes) {
      count += pane.measure(measure).count();
    }
    return count;
  }

  @Override
  public double value(int measure, Aggregate aggregate) {
    return merged(measure).value(aggregate, null);
  }

  @Override
  public List<Frequent> top(int measure) {
    return merged(measure).top(null);
  }

  private Measure merged(int measure) {
    if (merged[measure] == null) {
      merged[measure] = new Measure(spec.measures().get(measure));
      panes.forEach(pane -> merged[measure].merge(pane.measure(measure)));
    }
    return merged[measure];
  }

  WindowResult result(long watermark) {
    Map<String, WindowResult.MeasureResult> measures = WindowResult.measures(spec.measures(), this);
    return new WindowResult(start, end, null, 1, watermark, count(), 0, measures);
  }
}
