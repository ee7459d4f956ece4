package io.hourglass.query;

/**
 * An order of keys.
 *
 * @param by {@code count}, {@code late}, {@code <measure>.count} or {@code <measure>.<aggregate>}
 * @param limit how many are wanted
 */
public record Ranking(String by, boolean descending, int limit) {}
