package io.hourglass.load.compare;

import io.hourglass.load.Usage;

/**
 * What had been used at each turn of a run.
 *
 * @param first the last look before the first event was seen to be read
 * @param warm when so many events were durable that the engine is called warm, or at the end if there were no more
 * @param committed events durable at {@code warm}
 * @param read events read at {@code warm}
 * @param durable when all were durable
 */
record Course(Usage first, Usage warm, long committed, long read, Usage durable, long events, long peakMiB) {

  /** Whether enough came after the warm-up to be measured: a tenth. */
  boolean hasWarm() {
    return events - read >= events / 10;
  }

  /** From the first event until the engine is called warm. */
  Figures cold() {
    return Figures.of(warm.since(first), committed);
  }

  /** From there until all is durable, for the events that were not read then. */
  Figures warmed() {
    return Figures.of(durable.since(warm), events - read);
  }

  double seconds() {
    return durable.since(first).seconds();
  }
}
