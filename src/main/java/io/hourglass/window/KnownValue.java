package io.hourglass.window;

/**
 * A value that a key has had.
 *
 * @param hash of the value, 64 bits
 */
public record KnownValue(String measure, long hash) {}
