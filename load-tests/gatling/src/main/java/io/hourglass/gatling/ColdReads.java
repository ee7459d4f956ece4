package io.hourglass.gatling;

import io.gatling.javaapi.core.Simulation;
import java.util.concurrent.atomic.AtomicInteger;

/** 50 reads a second of keys that left memory long ago, each key once. */
public final class ColdReads extends Simulation {
  private static final int PER_SECOND = 50;
  /** Keys come and go by shard, not in exactly the order in which they were used. */
  private static final int MARGIN = 2_000;

  private final Reads reads = new Reads(Trial.COLD, PER_SECOND, new AtomicInteger()::getAndIncrement);

  {
    setUp(reads.populations(Options.read())).protocols(Reads.protocol());
  }

  @Override
  public void after() {
    reads.outcome().write();
  }

  /** How many keys the pipeline is filled with, so that those to be read have left memory. @param active keys that stay in memory */
  static int keys(Options options, int active) {
    return active + 2 * PER_SECOND * (options.warmup() + options.seconds()) + MARGIN;
  }
}
