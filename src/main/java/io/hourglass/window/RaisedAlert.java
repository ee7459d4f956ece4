package io.hourglass.window;

/**
 * A rule that came to hold over a window of a key. At most one per key, rule and window.
 *
 * @param start the window's start
 * @param value what the rule's first aggregate was at that moment
 * @param at event time of the observation that raised it
 */
public record RaisedAlert(String rule, String severity, String summary, long start, double value, long at) {}
