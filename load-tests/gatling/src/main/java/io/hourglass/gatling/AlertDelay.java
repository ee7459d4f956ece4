package io.hourglass.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.util.function.IntSupplier;

/** 10 alerts a second and one subscriber to all of them. */
public final class AlertDelay extends Simulation {
  private static final int DRAIN_SECONDS = 5;

  private final Spikes spikes = new Spikes();
  private final Frames frames = new Frames();

  {
    Options options = Options.read();
    long endMs = System.currentTimeMillis() + 1_000L * (options.warmup() + options.seconds() + DRAIN_SECONDS);
    IntSupplier keys = SpikeKeys.even();
    setUp(
        new Subscribers("subscriber", frames, endMs).busy().injectOpen(atOnceUsers(1)),
        scenario("warm-up").exec(session -> {
          spikes.send(keys);
          return session;
        }).injectOpen(nothingFor(1), constantUsersPerSec(SpikeKeys.PER_SECOND).during(options.warmup() - 1L)),
        scenario("spikes").exec(session -> {
          spikes.send(keys, frames);
          return session;
        }).injectOpen(nothingFor(options.warmup()), constantUsersPerSec(SpikeKeys.PER_SECOND).during(options.seconds())))
        .protocols(Subscribers.protocol());
  }

  @Override
  public void after() {
    spikes.close();
    new Outcome().add("frames", frames, frames.sent()).write();
  }
}
