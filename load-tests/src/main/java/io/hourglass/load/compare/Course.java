package io.hourglass.load.compare;

import io.hourglass.load.Usage;

/**
 * What had been used at each turn of a run.
 *
 * @param first the last look before the first event was seen to be read
 * @param warm when so many events were read that the engine is called warm, or at the end if there were no more
 * @param read events read at {@code warm}
 * @param durable when all were durable
 */
record Course(Usage first, Usage warm, long read, Usage durable, long events, long peakMiB) {

  /** Whether enough came after the warm-up to be measured: a tenth. */
  boolean hasWarm() {
    return events - read >= events / 10;
  }

  /** From the first event until the engine is called warm. */
  Figures cold() {
    return Figures.of(warm.since(first), read);
  }

  /** From there until all is durable, for the events that were not read before. */
  Figures warmed() {
    return Figures.of(durable.since(warm), events - read);
  }

  Figures whole() {
    return Figures.of(durable.since(first), events);
  }

  double seconds() {
    return durable.since(first).seconds();
  }
}
