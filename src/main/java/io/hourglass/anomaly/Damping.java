package io.hourglass.anomaly;

/**
 * One alarm for one odd stretch: when a rarity has been told, only a greater one is told, by a margin, for a time that
 * grows with the history; then what was told fades as long again.
 */
final class Damping {
  /** The time, as a share of all rows so far. */
  private static final double SHARE = 0.04;
  private static final double LEAST_ROWS = 10;
  private static final double MARGIN = 0.6;

  private double told;
  private double since;
  private double rows;

  /** The rarity to be told, 0 for none. */
  double tell(double rarity) {
    rows++;
    since++;
    double time = Math.max(LEAST_ROWS, SHARE * rows);
    told -= since > time ? told / time : 0;
    if (rarity <= told) {
      return 0;
    }
    told = rarity + MARGIN;
    since = 0;
    return rarity;
  }

  void carry(Carrier carrier) {
    told = carrier.of(told);
    since = carrier.of(since);
    rows = carrier.of(rows);
  }
}
