package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The ingesters of the cluster, asked for where they stand. */
public interface PipelineStatus {

  /** Every partition of the pipeline's topic that a node reads, by number. */
  CompletionStage<List<PartitionStatus>> partitions(Pipeline pipeline);

  /** The pipeline's watermark: the least of its partitions' watermarks, null when none has one. */
  static Long watermark(List<PartitionStatus> partitions) {
    return partitions.stream().map(PartitionStatus::watermark).filter(Objects::nonNull).min(Long::compare).orElse(null);
  }
}
