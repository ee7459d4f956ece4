package io.hourglass.rule;

import io.hourglass.window.Aggregate;
import io.hourglass.window.WindowView;

/**
 * A number that a condition can name.
 *
 * @param name {@code window.count}, {@code <measure>.count} or {@code <measure>.<aggregate>}
 * @param measure the measure's place in the pipeline's order; −1 for the window itself
 * @param aggregate what is taken of the measure; null for a count
 */
record Variable(String name, int measure, Aggregate aggregate) {

  /** Whether it counts: a whole number that always has a value. */
  boolean counts() {
    return aggregate == null;
  }

  /** What it costs to work out, for putting the cheap ones first: counts, numbers, sketches. */
  int cost() {
    boolean sketched = aggregate == Aggregate.DISTINCT || (!counts() && !Double.isNaN(aggregate.quantile()));
    return sketched ? 2 : counts() ? 0 : 1;
  }

  /** Its value over {@code window}; NaN when nothing was seen. */
  double value(WindowView window) {
    return counts() ? count(window) : window.value(measure, aggregate);
  }

  long count(WindowView window) {
    return measure < 0 ? window.count() : window.count(measure);
  }
}
