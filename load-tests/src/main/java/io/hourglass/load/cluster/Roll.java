package io.hourglass.load.cluster;

import io.hourglass.services.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Replaces the nodes of a running cluster by those of another build, one at a time, the oldest last. */
final class Roll {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  /** Between two nodes, like a Deployment's {@code minReadySeconds}. */
  private static final Duration SETTLE = Duration.ofSeconds(20);

  /** {@code REPLACE}: a node leaves, then its successor comes; {@code SURGE}: the successor comes first. */
  enum Order { REPLACE, SURGE }

  private final Trio trio;
  private final Map<Integer, Release> releases;
  private final Deque<Member> byAge = new ArrayDeque<>();
  private final List<HandOff> handOffs = new ArrayList<>();
  private int rollouts;

  /** @param rollout grows with every one, a rollback too */
  record Release(String build, int rollout) {}

  /** @param left when it was told to leave, {@code System.nanoTime()}; @param ready when the successor was ready */
  record HandOff(String to, Order order, int leaver, long from, long left, long until) {}

  /** @param releases by node number, asked when a node is started; written here */
  Roll(Trio trio, Map<Integer, Release> releases) {
    this.trio = trio;
    this.releases = releases;
    trio.wanted().forEach(byAge::addLast);
  }

  /** The youngest node first. */
  void to(String build, Order order) {
    var release = new Release(build, ++rollouts);
    var leavers = new ArrayList<>(byAge);
    Collections.reverse(leavers);
    for (var leaver : leavers) {
      var successor = order == Order.REPLACE ? leaver : spare();
      Screen.say("node %d leaves, node %d comes with %s", leaver.number(), successor.number(), build);
      releases.put(successor.number(), release);
      var from = System.nanoTime();
      long left;
      if (order == Order.REPLACE) {
        leaver.stop();
        left = System.nanoTime();
        come(successor);
      } else {
        come(successor);
        leaver.stop();
        left = System.nanoTime();
      }
      byAge.remove(leaver);
      byAge.addLast(successor);
      handOffs.add(new HandOff(build, order, leaver.number(), from, left, System.nanoTime()));
      Screen.say("took %.1f s", (System.nanoTime() - from) / 1e9);
      Await.pause(SETTLE);
    }
  }

  private static void come(Member successor) {
    successor.want(true);
    Await.until("node " + successor.number() + " is ready", PATIENCE, successor::ready);
  }

  private Member spare() {
    return trio.places().stream().filter(member -> !member.wanted()).findFirst().orElseThrow();
  }

  List<HandOff> handOffs() {
    return handOffs;
  }
}
