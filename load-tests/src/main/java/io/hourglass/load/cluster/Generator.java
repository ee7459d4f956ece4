package io.hourglass.load.cluster;

import java.util.SplittableRandom;

/**
 * The events, the same ones for the same seed. Some keys get more than others; values are whole numbers, so that their
 * sum is exact in any order of adding; one in 1,500 is a spike.
 */
final class Generator {
  private static final int SPIKES = 1_500;

  private final Load load;
  private final long baseMs;
  private final SplittableRandom random;
  private long made;

  record Event(int key, long timestampMs, int value) {}

  /** @param baseMs event time of the first event, epoch milliseconds */
  Generator(Load load, long baseMs) {
    this.load = load;
    this.baseMs = baseMs;
    this.random = new SplittableRandom(load.seed());
  }

  Event next() {
    var timestampMs = baseMs + Load.DISORDER_MS + made++ * 1_000 / load.rate() - random.nextInt(Load.DISORDER_MS);
    var key = (int) (load.keys() * Math.pow(random.nextDouble(), 2));
    var value = 1 + random.nextInt(Load.SPIKE);
    return new Event(key, timestampMs, random.nextInt(SPIKES) == 0 ? value + Load.SPIKE : value);
  }
}
