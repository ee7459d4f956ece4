package io.hourglass.load.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Counts how often each shard goes to another node, by looking at {@code /v1/cluster} all the time. */
final class Moves implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);

  private final List<Member> members;
  private final Thread thread = new Thread(this::run, "moves");
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
      var cluster = new Asking(member.api()).ask("/v1/cluster").join();
      if (cluster.statusCode() == 200) {
        Asking.parse(cluster.body()).get("pipelines").get(0).get("nodes").forEach(this::seen);
      }
    } catch (CompletionException away) {
      // the next look asks another node
    }
  }

  private synchronized void seen(JsonNode holding) {
    var node = holding.get("node").asText();
    holding.get("shards").forEach(shard -> {
      var before = holders.put(shard.asInt(), node);
      if (before != null && !before.equals(node) && !rollouts.isEmpty()) {
        rollouts.get(rollouts.size() - 1).times().merge(shard.asInt(), 1, Integer::sum);
      }
    });
  }

  @Override
  public void close() {
    closed = true;
  }
}
