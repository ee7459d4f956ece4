package io.hourglass.cluster;

import io.hourglass.query.ClusterState.Holding;
import io.hourglass.query.ClusterState.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collects who holds what of one pipeline, and what is left over. */
final class Placing {
  private final String pipeline;
  private final int numberOfShards;
  private final Map<String, Holding> nodes = new LinkedHashMap<>();
  private final List<Integer> unread = new ArrayList<>();
  private final List<String> unanswered = new ArrayList<>();

  Placing(String pipeline, int numberOfShards) {
    this.pipeline = pipeline;
    this.numberOfShards = numberOfShards;
  }

  /** A member of the cluster; named before anything is told of it. */
  void node(String node) {
    nodes.put(node, new Holding(node, new TreeMap<>(), new ArrayList<>()));
  }

  /** @param keys by shard, or null when the node did not answer */
  void held(String node, Map<Integer, Integer> keys) {
    if (keys == null) {
      unanswered.add(node);
    } else {
      nodes.get(node).keys().putAll(keys);
    }
  }

  /** @param node the last that is known to have read the partition; it may be gone */
  void read(int partition, String node) {
    Holding reader = nodes.get(node);
    (reader == null ? unread : reader.partitions()).add(partition);
  }

  Placement placement() {
    Set<Integer> held = nodes.values().stream().flatMap(node -> node.keys().keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
    List<Integer> unassigned = IntStream.range(0, numberOfShards).boxed().filter(shard -> !held.contains(shard)).toList();
    return new Placement(pipeline, numberOfShards, List.copyOf(nodes.values()), unassigned, List.copyOf(unread), List.copyOf(unanswered));
  }
}
