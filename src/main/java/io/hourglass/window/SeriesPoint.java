package io.hourglass.window;

/**
 * A closed window's value in a series that is judged.
 *
 * @param series of the key
 * @param time start of the window, epoch milliseconds
 */
public record SeriesPoint(String series, long time, double value) {}
