package io.hourglass.anomaly;

/**
 * How rare it is that a stretch of values is as far from every one seen before. What was seen is kept as a few stretches
 * that stand for all: a new one when it is further than a radius from every other (leader clustering, as by the
 * vigilance of adaptive resonance: Carpenter and Grossberg 1987). When there are too many the radius grows, and of those
 * now within it of each other one stays. So a shape is new once.
 */
final class Novelty {
  private static final int WIDTH = 4;
  private static final int MOST = 100;
  private static final float GROWTH = 1.15f;
  private static final double BOUND = 1e18;

  private final Tail tail = new Tail();
  private final float[] kept = new float[MOST * WIDTH];
  private final float[] stretch = new float[WIDTH];
  private long count;
  private double radius;
  private long rows;
  private double distance;
  private double rarity;

  double rarity(double value) {
    System.arraycopy(stretch, 1, stretch, 0, WIDTH - 1);
    stretch[WIDTH - 1] = (float) Math.max(-BOUND, Math.min(BOUND, value));
    rows++;
    distance = count == 0 ? 0 : nearest(count, stretch, 0);
    rarity = tail.rarity(distance, 1);
    return rarity;
  }

  /** Learns what the rarity was last asked of. */
  void learn() {
    tail.learn(distance, rarity);
    if (rows >= WIDTH && (count == 0 || distance > radius)) {
      while (count == MOST) {
        thin();
      }
      System.arraycopy(stretch, 0, kept, (int) count++ * WIDTH, WIDTH);
    }
  }

  private void thin() {
    radius = radius == 0 ? leastDistance() : radius * GROWTH;
    int left = 1;
    for (int i = 1; i < count; i++) {
      if (nearest(left, kept, i * WIDTH) > radius) {
        System.arraycopy(kept, i * WIDTH, kept, left++ * WIDTH, WIDTH);
      }
    }
    count = left;
  }

  private double leastDistance() {
    double least = Double.MAX_VALUE;
    for (int i = 1; i < count; i++) {
      least = Math.min(least, nearest(i, kept, i * WIDTH));
    }
    return least;
  }

  /** The distance of {@code from[at …]} to the nearest of the first {@code among} kept. */
  private double nearest(long among, float[] from, int at) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < among; i++) {
      double sum = 0;
      for (int j = 0; j < WIDTH; j++) {
        double off = kept[i * WIDTH + j] - from[at + j];
        sum += off * off;
      }
      best = Math.min(best, sum);
    }
    return Math.sqrt(best);
  }

  void carry(Carrier carrier) {
    tail.carry(carrier);
    carrier.of(kept);
    carrier.of(stretch);
    count = carrier.of(count);
    radius = carrier.of(radius);
    rows = carrier.of(rows);
  }
}
