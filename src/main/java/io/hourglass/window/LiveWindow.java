package io.hourglass.window;

import java.util.List;

/** One window of a key as it stands: its durable tally and the pending one on top, either of which may be missing. */
final class LiveWindow implements WindowView {
  private final KeySpec spec;
  private final long start;
  private final Tally base;
  private final Tally more;

  LiveWindow(KeySpec spec, long start, Tally durable, Tally pending) {
    this.spec = spec;
    this.start = start;
    this.base = durable != null ? durable : pending;
    this.more = durable != null ? pending : null;
  }

  /** Whether the key holds nothing of this window. */
  boolean isMissing() {
    return base == null;
  }

  /** What is durable, or all there is. */
  Tally base() {
    return base;
  }

  /** What is pending on top; null when there is nothing. */
  Tally more() {
    return more;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long end() {
    return spec.window().endOf(start);
  }

  @Override
  public long count() {
    return base.count() + (more == null ? 0 : more.count());
  }

  @Override
  public long count(int measure) {
    return base.measure(measure).count() + (more == null ? 0 : more.measure(measure).count());
  }

  @Override
  public double value(int measure, Aggregate aggregate) {
    return base.measure(measure).value(aggregate, more == null ? null : more.measure(measure));
  }

  @Override
  public List<Frequent> top(int measure) {
    return base.measure(measure).top(more == null ? null : more.measure(measure));
  }

  /** The same to be added up with others. */
  StoredWindow stored(WindowResult result) {
    return new StoredWindow(result, (more == null ? base : base.copy().merge(more)).sketches());
  }

  WindowResult result(String closedBy, long watermark, long late) {
    return new WindowResult(start, end(), closedBy, 1, watermark, count(), late, WindowResult.measures(spec.measures(), this));
  }
}
