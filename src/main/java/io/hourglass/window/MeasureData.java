package io.hourglass.window;

/** A measure as it is stored and sent; parts that were not asked for are null, {@code top} in the first four formats too. */
public record MeasureData(
    long count,
    Sum sum,
    Extrema extrema,
    Moments moments,
    Edge first,
    Edge last,
    byte[] quantiles,
    byte[] distinct,
    byte[] top) {}
