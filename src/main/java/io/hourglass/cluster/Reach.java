package io.hourglass.cluster;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line when a server goes out of reach, and in one when it is back. */
final class Reach {
  private static final Logger LOG = LoggerFactory.getLogger(Reach.class);

  private final String server;
  private final AtomicBoolean reached = new AtomicBoolean(true);

  /** @param server what it is and where, for people */
  Reach(String server) {
    this.server = server;
  }

  /** Whether {@code answer} came, false when it failed. */
  <T> CompletionStage<Boolean> of(CompletionStage<T> answer) {
    return answer.handle((given, failure) -> {
      boolean now = failure == null;
      if (reached.getAndSet(now) != now) {
        LOG.warn(now ? "{}: answers again" : "{}: out of reach; nothing is lost, trying again until it answers", server);
      }
      return now;
    });
  }
}
