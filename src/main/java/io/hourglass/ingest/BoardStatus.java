package io.hourglass.ingest;

import io.hourglass.query.PartitionStatus;
import io.hourglass.query.PipelineStatus;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.Watermark;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where the partitions stand, as this node has heard: up to a second old. */
public final class BoardStatus implements PipelineStatus {
  private final Board board;

  public BoardStatus(Board board) {
    this.board = board;
  }

  @Override
  public CompletionStage<List<PartitionStatus>> partitions(Pipeline pipeline) {
    return CompletableFuture.completedFuture(board.of(pipeline.name()).stream().map(BoardStatus::status).toList());
  }

  private static PartitionStatus status(PartitionReport report) {
    Long watermark = report.watermark() == Watermark.NONE ? null : report.watermark();
    return new PartitionStatus(
        report.partition(), report.node(), watermark, report.position(), report.committed(), report.end());
  }
}
