package io.hourglass.window;

/**
 * Mean and sum of squared deviations in a form that merges (Welford 1962; Chan, Golub, LeVeque 1979).
 *
 * @param count values seen
 * @param mean their mean
 * @param squares sum of (value − mean)²
 */
public record Moments(long count, double mean, double squares) {
  public static final Moments NONE = new Moments(0, 0, 0);

  public Moments add(double value) {
    long n = count + 1;
    double delta = value - mean;
    double newMean = mean + delta / n;
    return new Moments(n, newMean, squares + delta * (value - newMean));
  }

  public Moments merge(Moments other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long n = count + other.count;
    double delta = other.mean - mean;
    double share = (double) other.count / n;
    return new Moments(n, mean + delta * share, squares + other.squares + delta * delta * count * share);
  }

  /** The population's standard deviation; NaN when nothing was seen. */
  public double stddev() {
    return Math.sqrt(squares / count);
  }
}
