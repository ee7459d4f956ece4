package io.hourglass.anomaly;

/** How much of a deviation is left in the next row: the correlation of neighbouring deviations, over some 500 rows. */
final class Persistence {
  private static final double ROWS = 500;
  private static final double MOST = 0.98;
  /** How far rows that depend on each other count as one; 1 is the theory of the mean of an autoregression. */
  static final double DEPENDENCE = 0.3;

  private double before;
  private double product;
  private double square;
  private double rows;

  /** In [0, 0.98]. */
  double coefficient() {
    return square > 0 ? Math.max(0, Math.min(MOST, product / square)) : 0;
  }

  /** The deviation that is to be expected next. */
  double carriedOn() {
    return coefficient() * before;
  }

  /** How many rows, each smoothed over {@code span}, say about the same thing. */
  double run(double span) {
    return 1 + DEPENDENCE * (2 * coefficient() / (1 - coefficient()) + span - 1);
  }

  void learn(double deviation) {
    rows = Math.min(rows + 1, ROWS);
    product += (deviation * before - product) / rows;
    square += (deviation * deviation - square) / rows;
    before = deviation;
  }

  void carry(Carrier carrier) {
    before = carrier.of(before);
    product = carrier.of(product);
    square = carrier.of(square);
    rows = carrier.of(rows);
  }
}
