package io.hourglass.rule;

import io.hourglass.window.Aggregate;
import io.hourglass.window.Frequent;
import io.hourglass.window.WindowView;
import java.util.ArrayList;
import java.util.List;

/** A window with one value for every aggregate, that notes what was asked of it. */
final class FakeWindow implements WindowView {
  final List<Aggregate> asked = new ArrayList<>();
  private final long count;
  private final double value;

  FakeWindow(long count, double value) {
    this.count = count;
    this.value = value;
  }

  @Override
  public long start() {
    return 0;
  }

  @Override
  public long end() {
    return 3_600_000;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long count(int measure) {
    return count - 1 - measure;
  }

  @Override
  public double value(int measure, Aggregate aggregate) {
    asked.add(aggregate);
    return value;
  }

  @Override
  public List<Frequent> top(int measure) {
    return List.of();
  }
}
