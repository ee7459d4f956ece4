package io.hourglass.window;

/** One window of a key among those of other keys: to be ranked, or added up. Holds for the moment it is asked for, in its thread. */
public final class WindowShare {
  private final LiveWindow window;
  private final boolean closed;
  private final long late;

  WindowShare(LiveWindow window, boolean closed, long late) {
    this.window = window;
    this.closed = closed;
    this.late = late;
  }

  public boolean closed() {
    return closed;
  }

  /** Events that came after the close. */
  public long late() {
    return late;
  }

  public long count() {
    return window.count();
  }

  /** How many of its events have the field of the measure at {@code measure} in the pipeline's order. */
  public long count(int measure) {
    return window.count(measure);
  }

  /** The aggregate of the measure at {@code measure} in the pipeline's order; NaN when nothing was seen. */
  public double value(int measure, Aggregate aggregate) {
    return window.value(measure, aggregate);
  }

  LiveWindow window() {
    return window;
  }
}
