package io.hourglass.load.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import io.hourglass.services.Await;
import java.time.Duration;

/** Replaces the nodes of a running cluster by those of another build, one at a time, the oldest last. */
final class Roll {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** {@code REPLACE}: a node leaves, then its successor comes; {@code SURGE}: the successor comes first. */
  enum Order { REPLACE, SURGE }

  private final Trio trio;
  private final Map<Integer, String> builds;
  private final Deque<Member> byAge = new ArrayDeque<>();
  private final List<HandOff> handOffs = new ArrayList<>();

  /** @param left when it was told to leave, {@code System.nanoTime()}; @param ready when the successor was ready */
  record HandOff(String to, Order order, int leaver, long from, long left, long until) {}

  /** @param builds by node number: the build a node is started from; written here */
  Roll(Trio trio, Map<Integer, String> builds) {
    this.trio = trio;
    this.builds = builds;
    trio.wanted().forEach(byAge::addLast);
  }

  static Map<Integer, String> builds() {
    return new ConcurrentHashMap<>();
  }

  /** The youngest node first. */
  void to(String build, Order order) {
    var leavers = new ArrayList<>(byAge);
    java.util.Collections.reverse(leavers);
    for (var leaver : leavers) {
      var successor = order == Order.REPLACE ? leaver : spare();
      Screen.say("node %d leaves, node %d comes with %s", leaver.number(), successor.number(), build);
      builds.put(successor.number(), build);
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
