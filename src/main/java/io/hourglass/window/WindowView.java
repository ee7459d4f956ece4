package io.hourglass.window;

import java.util.List;

/** A window as it stands, durable and pending together; values are worked out when asked for. */
public interface WindowView {
  long start();

  long end();

  long count();

  /** How many of its events have the field of the measure at {@code measure} in the pipeline's order. */
  long count(int measure);

  /** The aggregate of the measure at {@code measure} in the pipeline's order; NaN when nothing was seen. */
  double value(int measure, Aggregate aggregate);

  /** The most frequent texts of the measure at {@code measure}; empty when they are not kept. */
  List<Frequent> top(int measure);
}
