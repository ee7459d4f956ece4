package io.hourglass.anomaly;

/**
 * How odd a value is, told once for an odd stretch: at its beginning, and again when it gets odder.
 *
 * @param anomaly in [0, 1]: 1 − 2^(−rarity / 5), with the rarity in decimal orders of magnitude; 0 when there is
 *     nothing to tell
 * @param expected the value that would have been no surprise at all, in the unit of the series
 */
public record Score(double anomaly, double expected) {
  private static final double HALFWAY = 5;

  static Score of(double rarity, double expected) {
    return new Score(1 - StrictMath.pow(2, -rarity / HALFWAY), expected);
  }
}
