package io.hourglass.ingest;

import io.hourglass.entity.Readers;
import io.hourglass.entity.Shards;
import io.hourglass.window.Watermark;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** The newest report of every partition in the cluster, as far as this node has heard. Thread-safe. */
public final class Board {
  private final LongSupplier millis;
  private final Map<String, Map<Integer, PartitionReport>> reports = new ConcurrentHashMap<>();
  private final Map<String, Map<Integer, PartitionReaders>> readers = new ConcurrentHashMap<>();
  /** What is known of each pipeline's topic by all its readers together. */
  private final Map<String, Feeds> feeds = new ConcurrentHashMap<>();

  /** @param millis a clock that only goes on */
  public Board(LongSupplier millis) {
    this.millis = millis;
  }

  private record Moved(long watermark, long at) {}

  private final Map<String, Map<Integer, Moved>> moved = new ConcurrentHashMap<>();

  /** Reports come now and then, and are asked for with every batch and write: what follows from them is worked out here. */
  public synchronized void put(PartitionReport report) {
    moved.computeIfAbsent(report.pipeline(), name -> new ConcurrentHashMap<>()).merge(report.partition(),
        new Moved(report.watermark(), millis.getAsLong()), (before, now) -> before.watermark() == now.watermark() ? before : now);
    reports.computeIfAbsent(report.pipeline(), name -> new ConcurrentSkipListMap<>()).put(report.partition(), report);
    readers.computeIfAbsent(report.pipeline(), name -> new ConcurrentHashMap<>())
        .computeIfAbsent(report.partition(), partition -> new PartitionReaders()).heard(report.node(), millis.getAsLong());
    of(report.pipeline()).stream().map(PartitionReport::feeds).reduce(Feeds::and).ifPresent(all -> feeds.put(report.pipeline(), all));
  }

  public Collection<PartitionReport> of(String pipeline) {
    return reports.getOrDefault(pipeline, Map.of()).values();
  }

  /** For how long a partition's watermark has not moved, as far as this node has heard. */
  long stillForMs(String pipeline, int partition) {
    Moved last = moved.getOrDefault(pipeline, Map.of()).get(partition);
    return last == null ? 0 : millis.getAsLong() - last.at();
  }

  /** Who reads the partitions of a pipeline with so many shards. */
  public Readers readers(String pipeline, int shards) {
    return new Readers() {
      @Override
      public Optional<String> of(int shard) {
        Feeds all = feeds.get(pipeline);
        return all == null || !followed()
            ? Optional.empty()
            : Optional.ofNullable(readers.getOrDefault(pipeline, Map.of()).get(shard % all.partitions()))
                .flatMap(partition -> partition.reader(millis.getAsLong()));
      }

      @Override
      public boolean followed() {
        Feeds all = feeds.get(pipeline);
        return all == null || Shards.aligned(shards, all.partitions());
      }
    };
  }

  /** Whether keys of a pipeline may have events in several partitions, as far as this node has heard. */
  public boolean mixed(String pipeline) {
    Feeds all = feeds.get(pipeline);
    return all != null && all.mixed();
  }

  /** The offset of a partition below which everything is durable; empty if not known. */
  OptionalLong durableBelow(String pipeline, int partition) {
    PartitionReport report = reports.getOrDefault(pipeline, Map.of()).get(partition);
    return report == null ? OptionalLong.empty() : OptionalLong.of(report.committed());
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
   * The least watermark of a pipeline's partitions below which everything is durable, idle ones left out unless all are, and those
   * without any; {@link Watermark#NONE} while a partition has not reported, or none has one.
   */
  public long durableWatermark(String pipeline) {
    Map<Integer, PartitionReport> known = reports.getOrDefault(pipeline, Map.of());
    if (known.size() < known.values().stream().mapToInt(PartitionReport::partitions).max().orElse(1)) {
      return Watermark.NONE;
    }
    List<PartitionReport> some = known.values().stream().filter(report -> report.committedWatermark() != Watermark.NONE).toList();
    List<PartitionReport> running = some.stream().filter(report -> !report.idle()).toList();
    return (running.isEmpty() ? some : running).stream().mapToLong(PartitionReport::committedWatermark).min().orElse(Watermark.NONE);
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
    return feeds.getOrDefault(pipeline, own).and(own).others(partition).mapToLong(other -> held(known.get(other))).min().orElse(Long.MAX_VALUE);
  }

  private static long held(PartitionReport report) {
    return report == null ? Watermark.NONE : report.idle() ? Long.MAX_VALUE : report.committedWatermark();
  }
}
