package io.hourglass.anomaly;

import java.util.Arrays;

/**
 * How rare a reading is among those before it: the share of them at or above it. Where there are too few to count, the
 * tail is drawn on as a power of the reading (Hill, "A simple general approach to inference about the tail of a
 * distribution", Annals of Statistics 1975; peaks over a threshold in a stream: Siffer et al., "Anomaly detection in
 * streams with extreme value theory", KDD 2017). So what a series does now and then is no surprise, however large.
 *
 * <p>Readings are kept as a histogram of their logarithm, eight bins to the octave, below the largest seen; what lies
 * more than twelve octaves below it falls into the lowest bin. Beyond {@link #MEMORY} readings the older ones fade.
 */
final class Tail {
  private static final int BINS = 96;
  private static final double PER_OCTAVE = 8;
  private static final double OCTAVE = 0.6931471805599453; // ln 2
  private static final double MEMORY = 8_000;
  /** The share of the readings that is the tail, and the fewest readings that are. */
  private static final double TAIL = 0.02;
  private static final double FEWEST = 10;
  /** The index of a tail of which nothing is known, and how many readings that counts for. */
  private static final double PRIOR = 0.2;
  private static final double PRIOR_WEIGHT = 2;
  /** What was rare is learnt with half its weight, lest one anomaly hide the next. */
  private static final double RARE = 2.5;
  private static final double LESS = 0.5;
  private static final long NONE = Long.MIN_VALUE;

  private final float[] weights = new float[BINS];
  private double weight;
  /** The number of the highest bin, in eighths of octaves from 1; {@link #NONE} while all readings were zero. */
  private long top = NONE;

  /**
   * Minus the decimal logarithm of the chance of a reading of at least {@code reading}: 0 is common, 3 one in a thousand.
   *
   * @param run how many readings one after the other say about the same thing, 1 or more
   */
  double rarity(double reading, double run) {
    return reading > 0 && weight > 0 ? -StrictMath.log10(Math.min(1, chance(reading, Math.min(run, 1 + weight / 20)))) : 0;
  }

  private double chance(double reading, double run) {
    if (top == NONE) {
      return run / (weight + run);
    }
    double place = place(reading);
    double above = above(place);
    double counted = (above + run) / (weight + run);
    boolean few = above < tail() && weight >= 2 * FEWEST;
    return few ? Math.max(above / (weight + run), drawnOn(place, run)) : counted;
  }

  private double tail() {
    return Math.max(FEWEST, TAIL * weight);
  }

  /** The weight of the bin at {@code place} and of all above it. */
  private double above(double place) {
    double above = 0;
    for (int i = BINS - 1; i >= 0 && bin(i) + 1 > place; i--) {
      above += weights[i];
    }
    return above;
  }

  private double drawnOn(double place, double run) {
    double above = 0;
    int from = BINS;
    while (from > 0 && above < tail()) {
      above += weights[--from];
    }
    double excess = 0;
    for (int i = from; i < BINS; i++) {
      excess += weights[i] * octaves(i - from + 0.5);
    }
    double index = (excess + PRIOR * PRIOR_WEIGHT * run) / (above + PRIOR_WEIGHT * run);
    double beyond = octaves(Math.max(0, place - bin(from)));
    return (above + run) / (weight + run) * StrictMath.exp(-beyond / index);
  }

  /** Learns a reading of which {@code rarity} was found. */
  void learn(double reading, double rarity) {
    double importance = rarity > RARE ? LESS : 1;
    int at = 0;
    if (reading > 0) {
      long bin = (long) Math.floor(place(reading));
      raise(bin);
      at = (int) Math.max(0, BINS - 1 - (top - bin));
    }
    weights[at] += (float) importance;
    weight += importance;
    fade();
  }

  private void raise(long bin) {
    if (bin > top) {
      int up = top == NONE ? 0 : (int) Math.min(BINS - 1, bin - top);
      float[] before = weights.clone();
      Arrays.fill(weights, 0);
      for (int i = 0; i < BINS; i++) {
        weights[Math.max(0, i - up)] += before[i];
      }
      top = bin;
    }
  }

  private void fade() {
    if (weight > MEMORY) {
      weight = 0;
      for (int i = 0; i < BINS; i++) {
        weights[i] *= 0.75f;
        weight += weights[i];
      }
    }
  }

  private long bin(int at) {
    return top - (BINS - 1 - at);
  }

  private static double place(double reading) {
    return StrictMath.log(reading) / OCTAVE * PER_OCTAVE;
  }

  private static double octaves(double bins) {
    return bins / PER_OCTAVE * OCTAVE;
  }

  void carry(Carrier carrier) {
    carrier.of(weights);
    weight = carrier.of(weight);
    top = carrier.of(top);
  }
}
