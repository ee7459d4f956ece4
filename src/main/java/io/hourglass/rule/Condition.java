package io.hourglass.rule;

import io.hourglass.window.WindowView;

/** When a rule holds. For any number of threads. */
public interface Condition {

  /**
   * Whether the condition holds over {@code window}. What cannot be decided because an aggregate has no
   * value yet does not hold.
   *
   * @throws ConditionFailed when it cannot be evaluated, as in a division by zero
   */
  boolean holds(WindowView window) throws ConditionFailed;

  /** What the aggregate that the condition names first is over {@code window}; NaN when it has no value yet. */
  double value(WindowView window);
}
