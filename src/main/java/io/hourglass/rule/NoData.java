package io.hourglass.rule;

/** What a rule makes of a condition that cannot be decided because an aggregate has no value. */
public enum NoData {
  /** The alert stays what it is. */
  KEEP,
  /** As if the condition held. */
  ALERT,
  /** As if it did not. */
  RESOLVE
}
