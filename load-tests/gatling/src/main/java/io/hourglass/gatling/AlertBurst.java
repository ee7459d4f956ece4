package io.hourglass.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.util.function.IntSupplier;

/**
 * 1,000 alerts a second for 5 s, each of a key of its own. Most subscribers have subscribed to one key, a few to all.
 *
 * <p>In this order: warm-up, subscribers come, a pause, the burst, time for what is late.
 */
public final class AlertBurst extends Simulation {
  /** So many come in a second: each is a handshake on both sides. */
  private static final int CONNECTING_PER_SECOND = 200;
  private static final int QUIET_SECONDS = 5;
  private static final int LEAST_DRAIN_SECONDS = 30;
  /** Subscribers that make a second more of waiting for what is late. */
  private static final int SUBSCRIBERS_PER_DRAIN_SECOND = 150;

  private final Spikes spikes = new Spikes();
  private final Frames ofOneKey = new Frames();
  private final Frames ofAll = new Frames();

  {
    Options options = Options.read();
    int connectSeconds = Math.max(1, options.subscribers() / CONNECTING_PER_SECOND);
    int drainSeconds = Math.max(LEAST_DRAIN_SECONDS, options.subscribers() / SUBSCRIBERS_PER_DRAIN_SECOND);
    long burstSeconds = options.warmup() + connectSeconds + QUIET_SECONDS;
    long endMs = System.currentTimeMillis() + 1_000L * (burstSeconds + SpikeKeys.BURST_SECONDS + drainSeconds);
    IntSupplier warm = SpikeKeys.warm(options.seconds(), options.warmup());
    IntSupplier keys = SpikeKeys.burst();
    setUp(
        scenario("warm-up").exec(session -> {
          spikes.send(warm);
          return session;
        }).injectOpen(constantUsersPerSec(SpikeKeys.WARM_PER_SECOND).during(options.warmup())),
        new Subscribers("subscriber to all", ofAll, endMs).busy()
            .injectOpen(nothingFor(options.warmup()), rampUsers(options.fullSubscribers()).during(connectSeconds)),
        new Subscribers("subscriber to a key", ofOneKey, endMs).quiet(AlertBurst::key)
            .injectOpen(nothingFor(options.warmup()), rampUsers(options.subscribers()).during(connectSeconds)),
        scenario("burst").exec(session -> {
          spikes.send(keys, ofAll, ofOneKey);
          return session;
        }).injectOpen(nothingFor(burstSeconds), constantUsersPerSec(SpikeKeys.BURST_PER_SECOND).during(SpikeKeys.BURST_SECONDS)))
        .protocols(Subscribers.protocol());
  }

  private static String key(long subscriber) {
    return Events.key((int) (subscriber % SpikeKeys.BURST));
  }

  @Override
  public void after() {
    spikes.close();
    new Outcome().add("frames, subscribers to one key", ofOneKey, 1).add("frames, subscribers to all", ofAll, ofAll.sent()).write();
  }
}
