package io.hourglass.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** A series being drawn: rows at a steady step, which a family fills, bends at its anomalies and thins out. */
final class Draft {
  private static final long START = 1_700_438_400_000L; // a Monday, 00:00 UTC
  private static final double FAINTEST = 0.25;
  private static final double DAY_MINUTES = 1_440;

  final Random random;
  final double[] values;
  private final double stepMinutes;
  private final double offsetMinutes;
  private final List<Integer> anomalies = new ArrayList<>();
  private double strength = 1;
  private double missing;
  private double jitter;

  Draft(Random random, int rows, double stepMinutes) {
    this.random = random;
    this.values = new double[rows];
    this.stepMinutes = stepMinutes;
    this.offsetMinutes = Math.floor(random.nextDouble() * 7 * DAY_MINUTES / stepMinutes) * stepMinutes;
  }

  int rows() {
    return values.length;
  }

  /** Time of day of a row, in days: 0 at midnight, 0.5 at noon. */
  double timeOfDay(int row) {
    double days = (offsetMinutes + row * stepMinutes) / DAY_MINUTES;
    return days - Math.floor(days);
  }

  boolean weekend(int row) {
    return ((int) ((offsetMinutes + row * stepMinutes) / DAY_MINUTES)) % 7 >= 5;
  }

  int rowsOf(double hours) {
    return Math.max(1, (int) Math.round(hours * 60 / stepMinutes));
  }

  /** First row at or after {@code row} at which the time of day is {@code days}. */
  int nextAt(int row, double days) {
    int at = row;
    while (at + 1 < rows() && Math.abs(timeOfDay(at) - days) > stepMinutes / DAY_MINUTES / 1.9) {
      at++;
    }
    return at;
  }

  double uniform(double from, double to) {
    return from + random.nextDouble() * (to - from);
  }

  double logNormal(double sigma) {
    return Math.exp(sigma * random.nextGaussian());
  }

  /** Heavy-tailed, at least 1, with P(X over x) = x^-alpha. */
  double pareto(double alpha) {
    return Math.pow(1 - random.nextDouble(), -1 / alpha);
  }

  /** A count of mean {@code mean}, spread like a negative binomial of shape {@code shape}. */
  double count(double mean, double shape) {
    double rate = mean * gamma(shape) / shape;
    return rate > 50 ? Math.max(0, Math.round(rate + Math.sqrt(rate) * random.nextGaussian())) : poisson(rate);
  }

  private double poisson(double rate) {
    double product = random.nextDouble();
    int count = 0;
    for (double limit = Math.exp(-rate); product > limit; count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  /** Marsaglia and Tsang 2000, for shapes of 1 and above. */
  private double gamma(double shape) {
    double d = shape - 1 / 3.0;
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** Noise that remembers: each value is {@code memory} times the one before and a shock of deviation {@code sigma}. */
  double[] wander(double memory, double sigma) {
    double[] noise = new double[rows()];
    for (int i = 1; i < rows(); i++) {
      noise[i] = memory * noise[i - 1] + sigma * random.nextGaussian();
    }
    return noise;
  }

  /** A row for an anomaly, away from the start, from the end and from the other anomalies; and how strong it is to be. */
  int place() {
    while (true) {
      strength = uniform(FAINTEST, 1);
      int at = (int) uniform(0.25 * rows(), 0.94 * rows());
      if (anomalies.stream().allMatch(other -> Math.abs(other - at) > 0.12 * rows())) {
        return at;
      }
    }
  }

  void mark(int row) {
    anomalies.add(row);
  }

  /** Changes rows for an anomaly: by part of what {@code change} would do, more for one anomaly than for another. */
  void change(int from, int rows, DoubleUnaryOperator change) {
    for (int i = Math.max(0, from); i < Math.min(rows(), from + rows); i++) {
      values[i] += strength * (change.applyAsDouble(values[i]) - values[i]);
    }
  }

  /** Changes all rows. */
  void all(DoubleUnaryOperator change) {
    for (int i = 0; i < rows(); i++) {
      values[i] = change.applyAsDouble(values[i]);
    }
  }

  void round(double unit) {
    all(value -> Math.round(value / unit) * unit);
  }

  /** What happens in life and is no anomaly: up to three times, for up to five hours of five minutes a row, a tenth more or less. */
  void disturb() {
    strength = 1;
    for (int left = random.nextInt(4); left > 0; left--) {
      double times = uniform(0.88, 1.12);
      change(random.nextInt(rows()), 1 + random.nextInt(60), value -> value * times);
    }
  }

  /** Rows that are to be left out, as a share, singly and by the hour; and times that are off by up to {@code jitter} steps. */
  void thin(double missing, double jitter) {
    this.missing = missing;
    this.jitter = jitter;
  }

  LabelledSeries done(String family, int number) {
    List<Integer> kept = new ArrayList<>();
    int gap = 0;
    for (int i = 0; i < rows(); i++) {
      gap = gap > 0 ? gap - 1 : random.nextDouble() < missing / 10 ? random.nextInt(20) : 0;
      if (gap == 0 || anomalies.contains(i)) {
        kept.add(i);
      }
    }
    long[] times = kept.stream().mapToLong(this::time).sorted().toArray();
    double[] left = kept.stream().mapToDouble(i -> values[i]).toArray();
    int[] marks = anomalies.stream().sorted().mapToInt(kept::indexOf).toArray();
    return new LabelledSeries(family, family + "-" + number, times, left, marks);
  }

  private long time(int row) {
    double minutes = offsetMinutes + (row + jitter * random.nextDouble()) * stepMinutes;
    return START + Math.round(minutes * 60) * 1_000;
  }
}
