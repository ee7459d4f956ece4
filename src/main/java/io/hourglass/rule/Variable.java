package io.hourglass.rule;

import io.hourglass.window.Aggregate;
import io.hourglass.window.Scene;

/**
 * A number that a condition can name.
 *
 * @param name {@code window.count}, {@code window.<measure>.<aggregate>}, {@code event.<measure>} …
 * @param measure the measure's place in the pipeline's order; −1 for the window itself
 * @param aggregate what is taken of the measure; null for a count, and for an event's number
 */
record Variable(String name, Scope scope, int measure, Aggregate aggregate) {

  /** Whether it counts: a whole number that always has a value. */
  boolean counts() {
    return aggregate == null && scope != Scope.EVENT;
  }

  /** What it costs to work out, for putting the cheap ones first: counts, numbers, sketches. */
  int cost() {
    boolean sketched = aggregate != null && (aggregate == Aggregate.DISTINCT || !Double.isNaN(aggregate.quantile()));
    return sketched ? 2 : counts() ? 0 : 1;
  }

  /** Its value at {@code scene}; NaN when nothing was seen. */
  double value(Scene scene) {
    if (scope == Scope.EVENT) {
      return scene.event() == null ? Double.NaN : scene.event().numbers()[measure];
    }
    return counts() ? count(scene) : scope.of(scene).value(measure, aggregate);
  }

  long count(Scene scene) {
    return measure < 0 ? scope.of(scene).count() : scope.of(scene).count(measure);
  }
}
