package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How far the partitions of a pipeline have come, and since when they have not moved. */
public interface Progress {

  /**
   * A partition that somebody reads, or has read.
   *
   * @param idle without input for so long that it holds nobody back
   * @param durableWatermark below it everything is durable, epoch milliseconds; null: nothing was read yet
   * @param stillSince wall clock since which at the latest the watermark stands where it is, epoch milliseconds
   */
  record Partition(PartitionStatus status, boolean idle, Long durableWatermark, long stillSince) {}

  /**
   * @param unread partitions that no node is known to read
   * @param mixed whether a key's events may come from several partitions: then all of them follow the least watermark
   */
  record Now(List<Partition> partitions, List<Integer> unread, boolean mixed) {}

  CompletionStage<Now> of(Pipeline pipeline);
}
