package io.hourglass.load.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Median, least and greatest of what several rounds have measured. */
record Spread(double median, double least, double greatest) {

  static Spread of(DoubleStream values) {
    var sorted = values.toArray();
    Arrays.sort(sorted);
    var middle = sorted.length / 2;
    var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** {@code 4.21 (4.10–4.35)}, or one number when all are one. */
  @Override
  public String toString() {
    return least == greatest ? number(median) : number(median) + " (" + number(least) + "–" + number(greatest) + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
  }
}
