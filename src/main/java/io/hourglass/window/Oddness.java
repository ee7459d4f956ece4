package io.hourglass.window;

/**
 * What was odd about a value.
 *
 * @param score in [0, 1]
 * @param expected the value that would have been no surprise
 * @param grade how far the score is over the rule's threshold, in [0, 1]
 */
public record Oddness(double score, double expected, double grade) {}
