package io.hourglass.anomaly;

/** How rare it is that values change as much, or as little, from row to row as they lately did. */
final class Restlessness {
  private static final double SHORT = 12;
  private static final double LONG = 500;
  private static final double BOUND = 8;
  private static final double STILL = 0.01;
  private static final double START = 30;

  private final Tail more = new Tail();
  private final Tail less = new Tail();
  private final double run = 1 + Persistence.DEPENDENCE * SHORT;
  private double last;
  private double lately;
  private double usually;
  private double rows;
  private double ratio;
  private double moreRarity;
  private double lessRarity;

  double rarity(double value) {
    double change = rows == 0 ? 0 : Math.abs(value - last);
    double bounded = rows < START ? change : Math.min(change, BOUND * usually);
    lately += (bounded - lately) / SHORT;
    ratio = usually > 0 ? lately / usually : 0;
    usually += (bounded - usually) / Math.min(rows + 1, LONG);
    last = value;
    rows++;
    moreRarity = more.rarity(ratio, run);
    lessRarity = ratio == 0 && usually == 0 ? 0 : less.rarity(inverse(), run);
    return Math.max(moreRarity, lessRarity);
  }

  private double inverse() {
    return 1 / (ratio + STILL);
  }

  /** Learns what the rarity was last asked of. */
  void learn() {
    more.learn(ratio, moreRarity);
    less.learn(usually > 0 ? inverse() : 0, lessRarity);
  }

  void carry(Carrier carrier) {
    more.carry(carrier);
    less.carry(carrier);
    last = carrier.of(last);
    lately = carrier.of(lately);
    usually = carrier.of(usually);
    rows = carrier.of(rows);
  }
}
