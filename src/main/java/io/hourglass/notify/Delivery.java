package io.hourglass.notify;

import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import io.hourglass.notify.Outcome.Delivered;
import io.hourglass.notify.Outcome.Failed;
import io.hourglass.notify.Outcome.Refused;
import io.hourglass.settings.Notify.Endpoint;
import io.hourglass.telemetry.Counters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends to one receiver until it takes or refuses, or until time is up; counts what came of it. */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final ActorSystem<?> system;
  private final String receiver;
  private final Post post;
  private final Counters counters;
  private final InstantSource clock;

  Delivery(ActorSystem<?> system, Endpoint endpoint, String url, Counters counters, InstantSource clock) {
    this.system = system;
    this.receiver = endpoint.name();
    this.post = new Post(system, endpoint, url);
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * @param what for the log
   * @param until no attempt begins after this time, epoch milliseconds; the first is made in any case
   * @return the last outcome; never fails
   */
  CompletionStage<Outcome> send(String what, byte[] body, String signature, long until) {
    return attempt(what, body, signature, until, 1).thenApply(outcome -> counted(what, outcome));
  }

  private CompletionStage<Outcome> attempt(String what, byte[] body, String signature, long until, int attempts) {
    return post.send(body, signature).thenCompose(outcome -> {
      Duration pause = Backoff.pause(attempts, ThreadLocalRandom.current().nextDouble());
      if (!(outcome instanceof Failed failed) || clock.millis() + pause.toMillis() > until) {
        return CompletableFuture.completedFuture(outcome);
      }
      counters.notifications(receiver, "retried").increment();
      LOG.info("{}: {}: attempt {} failed, the next one in {} ms: {}", receiver, what, attempts, pause.toMillis(), failed.why());
      return Patterns.after(pause, system.classicSystem(), () -> attempt(what, body, signature, until, attempts + 1));
    });
  }

  private Outcome counted(String what, Outcome outcome) {
    if (outcome instanceof Refused refused) {
      LOG.warn("{}: {}: refused with status {} (expected: 2xx): {}", receiver, what, refused.status(), refused.answer().strip());
    } else if (outcome instanceof Failed failed) {
      LOG.warn("{}: {}: not delivered, to be tried again later: {}", receiver, what, failed.why());
    }
    counters.notifications(receiver, outcome instanceof Delivered ? "sent" : outcome instanceof Refused ? "refused" : "failed").increment();
    return outcome;
  }
}
