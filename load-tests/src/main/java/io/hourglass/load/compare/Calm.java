package io.hourglass.load.compare;

import io.hourglass.services.Await;
import io.hourglass.services.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits until servers have nothing left to do of what came before, compactions for one. */
final class Calm {
  private static final Duration LOOK = Duration.ofSeconds(2);
  /** Share of one core. */
  private static final double QUIET = 0.05;
  private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(2);

  private Calm() {}

  /** Returns when all of them together have used little CPU for two seconds, or after two minutes. */
  static void await(List<Server> servers) {
    var deadline = System.nanoTime() + PATIENCE_NS;
    var before = cpuNanos(servers);
    while (System.nanoTime() < deadline) {
      var start = System.nanoTime();
      Await.pause(LOOK);
      var now = cpuNanos(servers);
      if (now - before < QUIET * (System.nanoTime() - start)) {
        return;
      }
      before = now;
    }
    Stage.say("the servers are still busy: the next run shares the machine with them");
  }

  private static long cpuNanos(List<Server> servers) {
    return servers.stream().mapToLong(server -> server.cpu().toNanos()).sum();
  }
}
