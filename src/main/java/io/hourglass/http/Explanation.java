package io.hourglass.http;

import io.hourglass.query.PartitionStatus;
import io.hourglass.query.Progress;
import io.hourglass.query.WholeWindow;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why a window is not closed yet, or that it is. */
final class Explanation {

  /** @param since wall clock since which at the latest the watermark stands where it is */
  record PartitionJson(
      int partition, String node, Instant watermark, long position, long end, long lag, boolean idle, Instant since, boolean closes) {}

  private final Pipeline pipeline;
  private final long start;
  private final Progress.Now now;
  private final WholeWindow keys;
  private final long clock;
  private final long closesAt;

  /**
   * @param keys null when they did not answer
   * @param clock wall clock, epoch milliseconds
   */
  Explanation(Pipeline pipeline, long start, Progress.Now now, WholeWindow keys, long clock) {
    this.pipeline = pipeline;
    this.start = start;
    this.now = now;
    this.keys = keys;
    this.clock = clock;
    this.closesAt = pipeline.window().closesAt(start);
  }

  Map<String, Object> json() {
    Optional<Progress.Partition> holding = holding();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("pipeline", pipeline.name());
    told.put("start", Instant.ofEpochMilli(start));
    told.put("end", Instant.ofEpochMilli(pipeline.window().endOf(start)));
    told.put("state", state());
    told.put("closesAt", Instant.ofEpochMilli(closesAt));
    told.put("watermark", Json.time(now.partitions().stream().filter(each -> !each.idle()).map(this::watermark)
        .min(Comparator.nullsFirst(Long::compare)).orElse(null)));
    told.put("keys", keys == null ? null : keys.keys());
    told.put("open", keys == null ? null : keys.open());
    told.put("heldBackBy", holding.map(each -> each.status().partition()).orElse(null));
    told.put("since", holding.map(each -> Instant.ofEpochMilli(each.stillSince())).orElse(null));
    told.put("reason", reason(holding));
    told.put("unread", now.unread());
    told.put("partitions", now.partitions().stream().map(this::json).toList());
    return told;
  }

  private PartitionJson json(Progress.Partition partition) {
    PartitionStatus status = partition.status();
    return new PartitionJson(status.partition(), status.node(), Json.time(status.watermark()), status.position(), status.end(), status.lag(),
        partition.idle(), Instant.ofEpochMilli(partition.stillSince()), passed(partition));
  }

  /** What counts for keys of several partitions is what is durable. */
  private Long watermark(Progress.Partition partition) {
    return now.mixed() ? partition.durableWatermark() : partition.status().watermark();
  }

  private boolean passed(Progress.Partition partition) {
    Long watermark = watermark(partition);
    return watermark != null && watermark >= closesAt;
  }

  private boolean closed() {
    boolean byKeys = keys != null && keys.complete() && keys.keys() > 0 && keys.open() == 0;
    return byKeys || now.unread().isEmpty() && !now.partitions().isEmpty() && holding().isEmpty() && now.partitions().stream().anyMatch(this::passed);
  }

  /** Nothing has come that is as late as its beginning. */
  private boolean ahead() {
    return now.partitions().stream().map(each -> each.status().watermark())
        .allMatch(watermark -> watermark == null || watermark + pipeline.window().outOfOrdernessMs() + 1 < start);
  }

  private String state() {
    return closed() ? "closed" : ahead() && (keys == null || keys.keys() == 0) ? "future" : "open";
  }

  /** The partition with the least watermark of those that it waits for. */
  private Optional<Progress.Partition> holding() {
    return now.partitions().stream()
        .filter(each -> !passed(each))
        .filter(each -> !(now.mixed() && each.idle()))
        .filter(each -> !each.idle() || each.status().watermark() != null)
        .min(Comparator.comparing(this::watermark, Comparator.nullsFirst(Long::compare)));
  }

  private String reason(Optional<Progress.Partition> holding) {
    if (closed()) {
      return holding.isEmpty() ? "Closed: the watermark has reached " + time(closesAt) + "." : "Closed for all keys that have events in it.";
    }
    if (!now.unread().isEmpty()) {
      return "No node is known to read partition " + now.unread().get(0) + "; the window closes when its watermark reaches " + time(closesAt) + ".";
    }
    return holding.map(this::sentence).orElse("Nothing was read of " + pipeline.topic() + " yet.");
  }

  private String sentence(Progress.Partition partition) {
    PartitionStatus status = partition.status();
    String where = "Partition " + status.partition() + " on " + status.node();
    if (status.watermark() == null) {
      return where + " has had no event yet; the window closes when its watermark reaches " + time(closesAt) + ".";
    }
    String gap = where + " stands at " + time(watermark(partition)) + ", " + length(closesAt - watermark(partition)) + " of event time short of "
        + time(closesAt) + ", ";
    return gap + why(partition) + clockCloses();
  }

  private String why(Progress.Partition partition) {
    PartitionStatus status = partition.status();
    if (status.lag() > 0) {
      return "and has " + status.lag() + " records to read.";
    }
    if (now.mixed() && status.watermark() != null && status.watermark() >= closesAt) {
      return "as what it has read beyond is not durable yet.";
    }
    return "and all of it is read: no newer event has come for " + length(Math.max(0, clock - partition.stillSince())) + " or more.";
  }

  private String clockCloses() {
    return pipeline.idleClose()
        .map(after -> " After " + length(after.toMillis()) + " without input the wall clock closes it, from " + time(closesAt + 1) + " on.")
        .orElse("");
  }

  private static String time(long at) {
    return Instant.ofEpochMilli(at).toString();
  }

  private static String length(long ms) {
    Duration whole = ms < 1_000 ? Duration.ofMillis(ms) : Duration.ofSeconds(ms / 1_000);
    return whole.toString().substring(2).toLowerCase(Locale.ROOT).replaceAll("([hm])(?=\\d)", "$1 ");
  }
}
