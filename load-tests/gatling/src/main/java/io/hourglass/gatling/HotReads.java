package io.hourglass.gatling;

import io.gatling.javaapi.core.Simulation;
import java.util.concurrent.ThreadLocalRandom;

/** 1,000 reads a second of any of the keys that the stream goes to. */
public final class HotReads extends Simulation {
  private static final int PER_SECOND = 1_000;

  private final Options options = Options.read();
  private final Reads reads = new Reads(Trial.HOT, PER_SECOND, () -> ThreadLocalRandom.current().nextInt(options.keys()));

  {
    setUp(reads.populations(options)).protocols(Reads.protocol());
  }

  @Override
  public void after() {
    reads.outcome().write();
  }
}
