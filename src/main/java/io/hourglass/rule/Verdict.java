package io.hourglass.rule;

/** What a condition says of a scene. */
enum Verdict {
  TRUE,
  FALSE,
  /** It hangs on an aggregate of nothing. */
  UNKNOWN
}
