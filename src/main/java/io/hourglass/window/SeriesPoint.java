package io.hourglass.window;

/**
 * A closed window's value in a series that is judged.
 *
 * @param series of the key
 * @param time start of the window on the clocks of the pipeline's zone, {@link Scene#localStart}
 */
public record SeriesPoint(String series, long time, double value) {}
