package io.hourglass.ingest;

import io.hourglass.query.PartitionStatus;
import io.hourglass.query.PipelineStatus;
import io.hourglass.query.Progress;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.Watermark;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How far the partitions have come, as this node has heard. */
public final class BoardProgress implements Progress {
  private final Board board;
  private final PipelineStatus status;
  private final InstantSource clock;

  public BoardProgress(Board board, PipelineStatus status, InstantSource clock) {
    this.board = board;
    this.status = status;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Now> of(Pipeline pipeline) {
    return status.partitions(pipeline).thenApply(known -> now(pipeline, known));
  }

  private Now now(Pipeline pipeline, List<PartitionStatus> known) {
    Map<Integer, PartitionReport> reports =
        board.of(pipeline.name()).stream().collect(Collectors.toMap(PartitionReport::partition, Function.identity()));
    int all = reports.values().stream().mapToInt(PartitionReport::partitions).max().orElse(0);
    List<Partition> partitions = known.stream().filter(each -> reports.containsKey(each.partition()))
        .map(each -> partition(pipeline, each, reports.get(each.partition()))).toList();
    List<Integer> unread = IntStream.range(0, all).boxed().filter(each -> !reports.containsKey(each)).toList();
    return new Now(partitions, unread, pipeline.key().isPresent() || board.mixed(pipeline.name()));
  }

  private Partition partition(Pipeline pipeline, PartitionStatus now, PartitionReport report) {
    Long durable = report.committedWatermark() == Watermark.NONE ? null : report.committedWatermark();
    return new Partition(now, report.idle(), durable, clock.millis() - board.stillForMs(pipeline.name(), report.partition()));
  }
}
