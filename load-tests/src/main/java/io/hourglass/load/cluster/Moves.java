package io.hourglass.load.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Counts how often each shard goes to another node, by looking at {@code /v1/cluster} all the time. */
final class Moves implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final List<Member> members;
  private final Thread thread = new Thread(this::run, "moves");
  private final Map<Member, Asking> asking = new HashMap<>();
  private final Map<Integer, String> holders = new HashMap<>();
  private final List<Rollout> rollouts = new ArrayList<>();
  private volatile boolean closed;

  /** @param times by shard */
  record Rollout(String name, Map<Integer, Integer> times) {
    int most() {
      return times.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    double average() {
      return times.values().stream().mapToInt(Integer::intValue).average().orElse(0);
    }
  }

  Moves(List<Member> members) {
    this.members = members;
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on moves are those of this rollout. */
  synchronized void begin(String name) {
    rollouts.add(new Rollout(name, new HashMap<>()));
    holders.keySet().forEach(shard -> rollouts.get(rollouts.size() - 1).times().put(shard, 0));
  }

  synchronized List<Rollout> rollouts() {
    return List.copyOf(rollouts);
  }

  private void run() {
    while (!closed) {
      members.stream().filter(Member::ready).findAny().ifPresent(this::look);
      Await.pause(LOOK);
    }
  }

  private void look(Member member) {
    try {
      var cluster = asking.computeIfAbsent(member, each -> new Asking(each.api())).ask("/v1/cluster").join();
      if (cluster.statusCode() == 200) {
        seen(Asking.parse(cluster.body()).get("pipelines").get(0).get("nodes"));
      }
    } catch (RuntimeException away) {
      // the next look asks another node
    }
  }

  /** A shard that two nodes name is on its way: the next look tells. */
  private synchronized void seen(JsonNode nodes) {
    var held = new HashMap<Integer, String>();
    var twice = new HashSet<Integer>();
    nodes.forEach(node -> node.get("shards").forEach(shard -> {
      if (held.put(shard.asInt(), node.get("node").asText()) != null) {
        twice.add(shard.asInt());
      }
    }));
    held.keySet().removeAll(twice);
    held.forEach((shard, node) -> {
      var before = holders.put(shard, node);
      if (before != null && !before.equals(node) && !rollouts.isEmpty()) {
        rollouts.get(rollouts.size() - 1).times().merge(shard, 1, Integer::sum);
      }
    });
  }

  @Override
  public void close() {
    closed = true;
  }
}
