package io.hourglass.ingest;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the partitions of a topic are shared out among readers. A partition stays with the reader that had it. While
 * readers of several versions are there, nothing moves but what nobody has: that goes to the readers of the newest
 * version, so that in a rolling update a partition goes from a node that leaves straight to one that stays. When all
 * are of one version, the shares differ by one at most, and as few partitions move as that takes.
 *
 * <p>The rule is that of Akka's shard allocation in a rolling update; the balance that of Kafka's sticky assignor.
 *
 * @param <V> what versions are, in their order
 */
final class PartitionShares<V extends Comparable<V>> {
  private final int partitions;
  private final Map<String, V> versions = new TreeMap<>();
  private final Map<Integer, String> owners = new TreeMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  PartitionShares(int partitions) {
    this.partitions = partitions;
  }

  void member(String name, V version) {
    versions.put(name, version);
    counts.put(name, 0);
  }

  /** What {@code member} had; of several that claim a partition the one that is named first keeps it. */
  void held(String member, List<Integer> claimed) {
    claimed.stream().filter(partition -> partition < partitions && !owners.containsKey(partition))
        .forEach(partition -> give(partition, member));
  }

  private void give(int partition, String member) {
    String before = owners.put(partition, member);
    if (before != null) {
      counts.merge(before, -1, Integer::sum);
    }
    counts.merge(member, 1, Integer::sum);
  }

  /** Every partition and its reader. */
  Map<Integer, String> shared() {
    if (!versions.isEmpty()) {
      for (int partition = 0; partition < partitions; partition++) {
        if (!owners.containsKey(partition)) {
          give(partition, least());
        }
      }
      balance();
    }
    return owners;
  }

  private boolean oneVersion() {
    return versions.values().stream().distinct().count() == 1;
  }

  /** Of the newest version the reader with the fewest. */
  private String least() {
    return versions.keySet().stream()
        .min(Comparator.comparing(versions::get, Comparator.<V>reverseOrder()).thenComparing(counts::get)).orElseThrow();
  }

  private void balance() {
    while (oneVersion()) {
      String most = versions.keySet().stream().max(Comparator.comparing(counts::get)).orElseThrow();
      String least = least();
      if (counts.get(most) - counts.get(least) <= 1) {
        return;
      }
      give(owners.entrySet().stream().filter(each -> each.getValue().equals(most)).findFirst().orElseThrow().getKey(), least);
    }
  }
}
