package io.hourglass.window;

import java.util.List;

/** A window in which nothing has come: sums and distinct counts are 0, all other aggregates have no value. */
record NoWindow(long start, long end) implements WindowView {

  @Override
  public long count() {
    return 0;
  }

  @Override
  public long count(int measure) {
    return 0;
  }

  @Override
  public double value(int measure, Aggregate aggregate) {
    return aggregate == Aggregate.SUM || aggregate == Aggregate.DISTINCT ? 0 : Double.NaN;
  }

  @Override
  public List<Frequent> top(int measure) {
    return List.of();
  }
}
