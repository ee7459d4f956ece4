package io.hourglass.rule;

import io.hourglass.window.Scene;
import java.util.Set;

/** When a rule holds. For any number of threads. */
interface Condition {

  /**
   * Whether the condition holds at {@code scene}; unknown when it hangs on an aggregate that has no value yet.
   *
   * @throws ConditionFailed when it cannot be evaluated, as in a division by zero
   */
  Verdict verdict(Scene scene) throws ConditionFailed;

  /** The variables that it names. */
  Set<Variable> named();

  /** The one that it names first; null when it names none. */
  Variable first();

  /** What the variable that the condition names first is at {@code scene}; NaN when it has no value yet. */
  double value(Scene scene);
}
