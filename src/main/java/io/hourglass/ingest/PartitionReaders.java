package io.hourglass.ingest;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which node reads a partition, by what the nodes say: of those that do the one that began last. Kafka has one reader at a
 * time, and who has lost the partition, or has been cut off from Kafka, may not know for a while and goes on saying so.
 */
final class PartitionReaders {
  /** One that begins for a moment, in the middle of a rebalance, is none yet. */
  private static final int KNOWN_AFTER = 3;
  /** Who is not heard of for so long may read no more. */
  private static final long FRESH_MS = 5_000;

  /**
   * @param began grows with each that begins
   * @param reports up to {@code KNOWN_AFTER}
   */
  private record Reader(long began, int reports, long heardMs) {
    boolean known() {
      return reports >= KNOWN_AFTER;
    }
  }

  private final Map<String, Reader> byNode = new HashMap<>();
  private long begun;

  /** Notes that a node says it reads the partition. */
  synchronized void heard(String node, long nowMs) {
    forgetSilent(nowMs);
    Reader before = byNode.get(node);
    byNode.put(node, before == null
        ? new Reader(++begun, 1, nowMs)
        : new Reader(before.began(), Math.min(KNOWN_AFTER, before.reports() + 1), nowMs));
  }

  private void forgetSilent(long nowMs) {
    byNode.values().removeIf(reader -> nowMs - reader.heardMs() >= FRESH_MS);
  }

  /** Address of the node that reads the partition, if it is known. */
  synchronized Optional<String> reader(long nowMs) {
    forgetSilent(nowMs);
    return byNode.entrySet().stream().filter(each -> each.getValue().known())
        .max(Comparator.comparingLong(each -> each.getValue().began())).map(Map.Entry::getKey);
  }
}
