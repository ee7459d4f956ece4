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

  /** What is known of a topic by all its readers together. */
  public Feeds feeds(String pipeline, Feeds own) {
    Feeds feeds = own;
    for (PartitionReport report : of(pipeline)) {
      feeds = feeds.and(report.partitions(), report.feeds().stride());
    }
    return feeds;
  }

  /** Whether keys of a pipeline may have events in several partitions, as far as this node has heard. */
  public boolean mixed(String pipeline) {
    return of(pipeline).stream().findAny().map(report -> feeds(pipeline, report.feeds()).mixed()).orElse(false);
  }

  /**
   * How far a key that {@code partition} feeds has come by what is durable: the least watermark at the commit of all
   * partitions that may feed it, idle ones left out; {@link Watermark#NONE} if not known.
   */
  public long durableWatermark(String pipeline, int partition) {
    PartitionReport report = reports.getOrDefault(pipeline, Map.of()).get(partition);
    return report == null
        ? Watermark.NONE
        : Math.min(report.committedWatermark(), othersWatermark(pipeline, partition, report.feeds()));
  }

  /**
   * The least watermark of the other partitions that may feed the keys of {@code partition}, idle ones left out, each
   * at its committed offset; {@link Watermark#NONE} while one of them has not reported; {@code Long.MAX_VALUE} when
   * there is none. Taken at the committed offset, no event that is still on its way to a key can be overtaken by it.
   *
   * @param own what the reader of {@code partition} knows of the topic
   */
  public long othersWatermark(String pipeline, int partition, Feeds own) {
    Map<Integer, PartitionReport> known = reports.getOrDefault(pipeline, Map.of());
    return feeds(pipeline, own).others(partition).mapToLong(other -> held(known.get(other))).min().orElse(Long.MAX_VALUE);
  }

  private static long held(PartitionReport report) {
    return report == null ? Watermark.NONE : report.idle() ? Long.MAX_VALUE : report.committedWatermark();
  }
}
