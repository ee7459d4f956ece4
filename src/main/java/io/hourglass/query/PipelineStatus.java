package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The ingesters of the cluster, asked for where they stand. */
public interface PipelineStatus {

  /** Every partition of the pipeline's topic that a node reads, by number. */
  CompletionStage<List<PartitionStatus>> partitions(Pipeline pipeline);

  /** The pipeline's watermark, the least of its partitions', or null when one of them has none. */
  static Long watermark(List<PartitionStatus> partitions) {
    if (partitions.isEmpty() || partitions.stream().anyMatch(each -> each.watermark() == null)) {
      return null;
    }
    return partitions.stream().mapToLong(PartitionStatus::watermark).min().getAsLong();
  }
}
