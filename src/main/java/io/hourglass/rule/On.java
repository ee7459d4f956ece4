package io.hourglass.rule;

/** When a rule is evaluated. */
public enum On {
  /** After every observation, over that observation. */
  EVENT,
  /** After every observation, over the running window. */
  UPDATE,
  /** When a window closes, over what it holds then. */
  CLOSE
}
