package io.hourglass.ingest;

import io.hourglass.query.PartitionStatus;
import io.hourglass.query.PipelineStatus;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.Watermark;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the partitions stand: positions as this node has heard, up to a second old, ends as Kafka says now. So
 * a partition that nobody reads for the moment shows its lag.
 */
public final class BoardStatus implements PipelineStatus {
  private static final int TIMEOUT_MS = 1_000;

  private final Board board;
  private final Admin admin;
  private final SideCounts sideCounts;

  public BoardStatus(Board board, Admin admin) {
    this.board = board;
    this.admin = admin;
    this.sideCounts = new SideCounts(admin, () -> System.nanoTime() / 1_000_000);
  }

  @Override
  public CompletionStage<List<PartitionStatus>> partitions(Pipeline pipeline) {
    Collection<PartitionReport> reports = board.of(pipeline.name());
    Map<TopicPartition, OffsetSpec> asked = reports.stream()
        .map(report -> new TopicPartition(pipeline.topic(), report.partition()))
        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    return admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(TIMEOUT_MS)).all().toCompletionStage()
        .exceptionally(outOfReach -> Map.of())
        .thenApply(ends -> reports.stream().map(report -> status(report, end(pipeline, report, ends))).toList());
  }

  private static long end(Pipeline pipeline, PartitionReport report, Map<TopicPartition, ListOffsetsResultInfo> ends) {
    ListOffsetsResultInfo now = ends.get(new TopicPartition(pipeline.topic(), report.partition()));
    return now == null ? report.end() : now.offset();
  }

  private static PartitionStatus status(PartitionReport report, long end) {
    Long watermark = report.watermark() == Watermark.NONE ? null : report.watermark();
    return new PartitionStatus(
        report.partition(), report.node(), watermark, report.position(), report.committed(), Math.max(end, report.position()));
  }

  @Override
  public CompletionStage<Aside> aside(Pipeline pipeline) {
    return sideCounts.of(pipeline);
  }

  @Override
  public OptionalLong durableBelow(Pipeline pipeline, int partition) {
    return board.durableBelow(pipeline.name(), partition);
  }
}
