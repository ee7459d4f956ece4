package io.hourglass.window;

/** A window in which nothing has come. */
record NoWindow(long start, long end) implements WindowView {
  static final NoWindow ANY = new NoWindow(Long.MIN_VALUE, Long.MIN_VALUE);

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
    return Double.NaN;
  }
}
