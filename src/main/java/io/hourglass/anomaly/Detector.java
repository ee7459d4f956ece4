package io.hourglass.anomaly;

/**
 * Scores a series value by value, each against those before it: no look-ahead, no clock, no chance. What it has learnt
 * is its {@link #state()}, of bounded size.
 */
public interface Detector {

  /**
   * @param timeMs epoch milliseconds; said to be later than the time before, but nothing breaks when it is not
   * @param value NaN or infinite when there is none: scored 0 and not learnt from
   */
  Score next(long timeMs, double value);

  /** All that the next scores follow from; a detector restored from it goes on with the very same scores. */
  byte[] state();
}
