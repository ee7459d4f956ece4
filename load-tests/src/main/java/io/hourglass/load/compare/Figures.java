package io.hourglass.load.compare;

import io.hourglass.load.Usage;
import java.time.Duration;

/**
 * What a stretch of a run cost.
 *
 * @param engine CPU-seconds per million events, as the two that follow
 * @param rate thousand events a second
 */
record Figures(double engine, double kafka, double cassandra, double rate) {

  static Figures of(Usage used, long events) {
    return new Figures(perMillion(used.node(), events), perMillion(used.kafka(), events), perMillion(used.cassandra(), events),
        events / used.seconds() / 1e3);
  }

  private static double perMillion(Duration cpu, long events) {
    return cpu.toNanos() / 1e9 / events * 1e6;
  }
}
