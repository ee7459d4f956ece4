package io.hourglass.rule;

import io.hourglass.window.Scene;

/**
 * A comparison of one variable with a constant that must hold for the whole condition to hold: one of
 * the terms that {@code &&} joins. Nearly every rule is such a comparison and nearly every observation
 * fails it, so that most evaluations end here, some nanoseconds in, before CEL is asked.
 */
record Guard(Variable variable, Comparison comparison, double bound) {

  enum Comparison {
    LESS, AT_MOST, GREATER, AT_LEAST;

    /** The comparison with its two sides exchanged. */
    Comparison mirrored() {
      return switch (this) {
        case LESS -> GREATER;
        case AT_MOST -> AT_LEAST;
        case GREATER -> LESS;
        case AT_LEAST -> AT_MOST;
      };
    }
  }

  /** Whether the comparison does not hold; a variable without a value refuses nothing. */
  boolean refuses(Scene scene) {
    double value = variable.value(scene);
    return switch (comparison) {
      case LESS -> value >= bound;
      case AT_MOST -> value > bound;
      case GREATER -> value <= bound;
      case AT_LEAST -> value < bound;
    };
  }
}
