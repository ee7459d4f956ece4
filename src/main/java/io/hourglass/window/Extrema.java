package io.hourglass.window;

/** Least and greatest value seen. */
public record Extrema(double min, double max) {
  public static final Extrema NONE = new Extrema(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  public Extrema add(double value) {
    return value < min || value > max ? new Extrema(Math.min(min, value), Math.max(max, value)) : this;
  }

  public Extrema merge(Extrema other) {
    return new Extrema(Math.min(min, other.min), Math.max(max, other.max));
  }
}
