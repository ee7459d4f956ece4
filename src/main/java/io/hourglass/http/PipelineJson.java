package io.hourglass.http;

import io.hourglass.query.PartitionStatus;
import io.hourglass.query.PipelineStatus;
import io.hourglass.settings.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A pipeline as it goes out: what runs, how far it is, its configuration as it was written.
 *
 * @param refused dead letters that are kept; null when not known
 * @param late late events that are kept; null when not known
 */
record PipelineJson(
    String name, String topic, Instant watermark, List<PartitionJson> partitions, Long refused, Long late, Map<String, Object> config) {

  record PartitionJson(
      int partition, String node, Instant watermark, long position, long committed, long end, long lag) {

    static PartitionJson of(PartitionStatus status) {
      return new PartitionJson(status.partition(), status.node(), Json.time(status.watermark()), status.position(),
          status.committed(), status.end(), status.lag());
    }
  }

  static PipelineJson of(Pipeline pipeline, List<PartitionStatus> partitions, PipelineStatus.Aside aside) {
    return new PipelineJson(pipeline.name(), pipeline.topic(), Json.time(PipelineStatus.watermark(partitions)),
        partitions.stream().map(PartitionJson::of).toList(), aside.refused(), aside.late(), pipeline.config().root().unwrapped());
  }
}
