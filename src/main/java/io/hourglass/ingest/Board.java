package io.hourglass.ingest;

import io.hourglass.window.Watermark;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The newest report of every partition in the cluster, as far as this node has heard. Thread-safe. */
public final class Board {
  private final Map<String, Map<Integer, PartitionReport>> reports = new ConcurrentHashMap<>();

  public void put(PartitionReport report) {
    reports.computeIfAbsent(report.pipeline(), name -> new ConcurrentSkipListMap<>()).put(report.partition(), report);
  }

  public Collection<PartitionReport> of(String pipeline) {
    return reports.getOrDefault(pipeline, Map.of()).values();
  }

  /**
   * How far a key that {@code partition} feeds has come by what is durable: its watermark at the commit, or with
   * {@code severalSources} the least of all partitions', idle ones left out; {@link Watermark#NONE} if not known.
   */
  public long durableWatermark(String pipeline, int partition, boolean severalSources) {
    PartitionReport report = reports.getOrDefault(pipeline, Map.of()).get(partition);
    if (report == null) {
      return Watermark.NONE;
    }
    long others = severalSources ? othersWatermark(pipeline, partition, report.partitions()) : Long.MAX_VALUE;
    return Math.min(report.committedWatermark(), others);
  }

  /**
   * The least watermark of the partitions other than {@code partition}, idle ones left out, each at its
   * committed offset; {@link Watermark#NONE} while one of them has not reported. Taken at the committed
   * offset, no event that is still on its way to a key can be overtaken by it.
   */
  public long othersWatermark(String pipeline, int partition, int partitions) {
    Map<Integer, PartitionReport> known = reports.getOrDefault(pipeline, Map.of());
    long least = Long.MAX_VALUE;
    for (int other = 0; other < partitions; other++) {
      if (other != partition) {
        PartitionReport report = known.get(other);
        least = Math.min(least, report == null ? Watermark.NONE : report.idle() ? Long.MAX_VALUE : report.committedWatermark());
      }
    }
    return least;
  }
}
