package io.hourglass.gatling;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Which keys are made to fire, each at most once in a run, as a rule fires once for a key and window. */
final class SpikeKeys {
  static final int BURST_PER_SECOND = 1_000;
  static final int BURST_SECONDS = 5;
  static final int BURST = BURST_PER_SECOND * BURST_SECONDS;
  static final int PER_SECOND = 10;
  /** While the path of an alert warms up, before anybody listens. */
  static final int WARM_PER_SECOND = 50;

  private SpikeKeys() {}

  /** How many keys all scenarios take together. */
  static int needed(int seconds, int warmup) {
    return BURST + PER_SECOND * (warmup + seconds) + WARM_PER_SECOND * warmup + PER_SECOND;
  }

  static IntSupplier burst() {
    return from(0);
  }

  /** Of both the warm-up and what is measured of the even alerts. */
  static IntSupplier even() {
    return from(BURST);
  }

  static IntSupplier warm(int seconds, int warmup) {
    return from(BURST + PER_SECOND * (warmup + seconds) + PER_SECOND);
  }

  private static IntSupplier from(int first) {
    AtomicInteger next = new AtomicInteger(first);
    return next::getAndIncrement;
  }
}
