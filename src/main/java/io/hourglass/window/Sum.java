package io.hourglass.window;

/**
 * A sum of doubles with Neumaier's compensation ("Rundungsfehleranalyse einiger Verfahren zur Summation
 * endlicher Summen", 1974): the order of adding shows in the last bits at most.
 *
 * @param total the running sum
 * @param lost what rounding took from it so far
 */
public record Sum(double total, double lost) {
  public static final Sum ZERO = new Sum(0, 0);

  public Sum add(double value) {
    double next = total + value;
    double rounded = Math.abs(total) >= Math.abs(value) ? (total - next) + value : (value - next) + total;
    return new Sum(next, lost + rounded);
  }

  public Sum merge(Sum other) {
    Sum merged = add(other.total);
    return new Sum(merged.total, merged.lost + other.lost);
  }

  public double value() {
    return total + lost;
  }
}
