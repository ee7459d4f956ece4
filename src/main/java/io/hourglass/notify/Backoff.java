package io.hourglass.notify;

import java.time.Duration;

/** Pauses between attempts: each half as long again as the one before, from half a second to a minute, as Alertmanager's. */
final class Backoff {
  private static final double FIRST_MS = 500;
  private static final double MOST_MS = 60_000;
  private static final double GROWTH = 1.5;

  private Backoff() {}

  /**
   * @param attempts made so far, at least 1
   * @param random from 0 to 1: the pause is from half of the nominal one to half as much again, so that many do not come together
   */
  static Duration pause(int attempts, double random) {
    double nominal = Math.min(MOST_MS, FIRST_MS * Math.pow(GROWTH, attempts - 1.0));
    return Duration.ofMillis((long) (nominal * (0.5 + random)));
  }
}
