package io.hourglass.anomaly;

/** How rare it is that values lie as far above or below something: each side by its own tail. */
final class Deviation {
  private final double span;
  private final Tail high = new Tail();
  private final Tail low = new Tail();
  private double smoothed;
  private double highRarity;
  private double lowRarity;

  /** @param span rows over which deviations are averaged, the latest most; 1 for each by itself */
  Deviation(double span) {
    this.span = span;
  }

  double rarity(double deviation, Persistence persistence) {
    smoothed += (deviation - smoothed) / span;
    highRarity = high.rarity(smoothed, persistence.run(span));
    lowRarity = low.rarity(-smoothed, persistence.run(span));
    return Math.max(highRarity, lowRarity);
  }

  /** Learns what the rarity was last asked of. */
  void learn() {
    high.learn(smoothed, highRarity);
    low.learn(-smoothed, lowRarity);
  }

  void carry(Carrier carrier) {
    high.carry(carrier);
    low.carry(carrier);
    smoothed = carrier.of(smoothed);
  }
}
