package io.hourglass.anomaly;

import com.amazon.randomcutforest.RandomCutForest;
import java.util.Arrays;

/**
 * How rare it is that a stretch of values is as isolated among those seen: the score of a random cut forest (Guha et
 * al., "Robust random cut forest based anomaly detection on streams", ICML 2016; AWS's library) over the last
 * {@link #WIDTH} values.
 *
 * <p>The library's own state is many times what it follows from, and its generators are not part of it. So the forest is
 * planted anew, always from the same seed, every {@link #EPOCH} rows, out of a fair sample of all stretches until then
 * (Vitter's reservoir). The state is that sample and the values since: restored, the forest is planted and told them again.
 */
final class Forest {
  private static final int WIDTH = 8;
  private static final int EPOCH = 256;
  private static final int KEPT = 128;
  private static final int TREES = 15;
  private static final int OUTPUT_AFTER = 16;
  private static final long SEED = 20_040_611;
  private static final double BOUND = 1e9;

  private final Tail tail = new Tail();
  private final float[] kept = new float[KEPT * WIDTH];
  /** The last {@link #WIDTH} − 1 values before the epoch, then those since. */
  private final float[] values = new float[WIDTH - 1 + EPOCH];
  private long rows;
  private long chance = SEED;
  /** Planted when it is first asked; without cached bounding boxes, which would take more than all else. */
  private RandomCutForest forest;
  private double score;
  private double rarity;

  double rarity(double value) {
    if (rows > 0 && rows % EPOCH == 0) {
      replant();
    } else if (forest == null) {
      grow();
    }
    int at = (int) (rows++ % EPOCH);
    values[WIDTH - 1 + at] = (float) Math.max(-BOUND, Math.min(BOUND, value));
    score = forest.getAnomalyScore(stretch(at));
    rarity = tail.rarity(score, 1);
    return rarity;
  }

  /** Learns what the rarity was last asked of. */
  void learn() {
    tail.learn(score, rarity);
    forest.update(stretch((int) ((rows - 1) % EPOCH)));
  }

  private float[] stretch(int at) {
    return Arrays.copyOfRange(values, at, at + WIDTH);
  }

  /** Samples the stretches of the epoch, so that each since the beginning has had the same chance, and begins another. */
  private void replant() {
    for (int i = 0; i < EPOCH; i++) {
      long row = rows - EPOCH + i;
      long place = row < KEPT ? row : draw(row + 1);
      if (place < KEPT) {
        System.arraycopy(values, i, kept, (int) place * WIDTH, WIDTH);
      }
    }
    System.arraycopy(values, EPOCH, values, 0, WIDTH - 1);
    forest = planted();
  }

  /** A number below {@code bound}, by Knuth's linear congruential generator (MMIX). */
  private long draw(long bound) {
    chance = chance * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    return (chance >>> 33) % bound;
  }

  private RandomCutForest planted() {
    RandomCutForest planted = plant();
    for (int i = 0; i < KEPT; i++) {
      planted.update(Arrays.copyOfRange(kept, i * WIDTH, (i + 1) * WIDTH));
    }
    return planted;
  }

  private static RandomCutForest plant() {
    return RandomCutForest.builder().dimensions(WIDTH).numberOfTrees(TREES).sampleSize(KEPT).randomSeed(SEED)
        .outputAfter(OUTPUT_AFTER).boundingBoxCacheFraction(0).build();
  }

  void carry(Carrier carrier) {
    tail.carry(carrier);
    carrier.of(kept);
    carrier.of(values);
    chance = carrier.of(chance);
    rows = carrier.of(rows);
    forest = carrier instanceof Carrier.In ? null : forest;
  }

  /** Plants the forest of the last epoch and tells it what came since. */
  private void grow() {
    forest = rows <= EPOCH ? plant() : planted();
    for (int i = 0; i < rows - Math.max(0, rows - 1) / EPOCH * EPOCH; i++) {
      forest.update(stretch(i));
    }
  }
}
