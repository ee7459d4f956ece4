package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The ingesters of the cluster, asked for where they stand. */
public interface PipelineStatus {

  /** Every partition of the pipeline's topic that a node reads, by number. */
  CompletionStage<List<PartitionStatus>> partitions(Pipeline pipeline);

  /**
   * How many records are kept aside, those included that were put aside twice after a fault.
   *
   * @param refused dead letters; null when not known
   * @param late late events; null when not known
   */
  record Aside(Long refused, Long late) {
    public static final Aside UNKNOWN = new Aside(null, null);
  }

  /** Within a second. */
  default CompletionStage<Aside> aside(Pipeline pipeline) {
    return CompletableFuture.completedFuture(Aside.UNKNOWN);
  }

  /** The offset of a partition below which everything is durable, as far as this node has heard; empty when it has not. */
  default OptionalLong durableBelow(Pipeline pipeline, int partition) {
    return OptionalLong.empty();
  }

  /** The pipeline's watermark: the least of its partitions' watermarks, null when none has one. */
  static Long watermark(List<PartitionStatus> partitions) {
    return partitions.stream().map(PartitionStatus::watermark).filter(Objects::nonNull).min(Long::compare).orElse(null);
  }
}
