package io.hourglass.rule;

/** A condition could not be evaluated over a window. */
public final class ConditionFailed extends Exception {
  ConditionFailed(String message) {
    super(message, null, false, false);
  }
}
