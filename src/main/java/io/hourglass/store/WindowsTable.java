package io.hourglass.store;

import akka.Done;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes the rows of windows, and that their buckets exist. */
final class WindowsTable {
  private static final String OPENED =
      "INSERT INTO %s.windows (pipeline, bucket, shard, start, key, ends, opened_by) VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String CLOSED =
      "INSERT INTO %s.windows (pipeline, bucket, shard, start, key, ends, closed_by, revision, watermark, count, measures, sketches)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String LATE =
      "INSERT INTO %s.windows (pipeline, bucket, shard, start, key, ends, late) VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String DELETE = "DELETE FROM %s.windows USING TIMESTAMP ? WHERE pipeline = ? AND bucket = ? AND shard = ?";

  /** A partition of the windows table. */
  private record Partition(String pipeline, long bucket, int shard) {}

  private final Cql cql;
  private final TableWriter writer;
  private final BucketIndex index;

  WindowsTable(Cql cql, TableWriter writer, BucketIndex index) {
    this.cql = cql;
    this.writer = writer;
    this.index = index;
  }

  CompletionStage<Done> opened(WindowRow row, long bucket) {
    return both(row, bucket, writer.write(partition(row, bucket), cql.bind(OPENED,
        row.pipeline(), bucket, row.shard(), row.start(), row.key(), row.end(), row.partition())));
  }

  /** Late events are counted by {@link #late} alone: a close that is sent again may know of fewer. */
  CompletionStage<Done> closed(WindowRow row, long bucket, StoredWindow window) {
    WindowResult result = window.window();
    return both(row, bucket, writer.write(partition(row, bucket), cql.bind(CLOSED,
        row.pipeline(), bucket, row.shard(), row.start(), row.key(), row.end(), result.closedBy(), result.revision(),
        result.watermark(), result.count(), MeasuresJson.write(result.measures()), Sketches.column(window))));
  }

  CompletionStage<Done> late(WindowRow row, long bucket, long total) {
    return both(row, bucket, writer.write(partition(row, bucket), cql.bind(LATE,
        row.pipeline(), bucket, row.shard(), row.start(), row.key(), row.end(), total)));
  }

  /** Removes what was written of a bucket before {@code micros}. */
  CompletionStage<Done> delete(String pipeline, long bucket, int shard, long micros) {
    return cql.read(DELETE, micros, pipeline, bucket, shard).thenApply(done -> Done.getInstance());
  }

  private static Partition partition(WindowRow row, long bucket) {
    return new Partition(row.pipeline(), bucket, row.shard());
  }

  private CompletionStage<Done> both(WindowRow row, long bucket, CompletionStage<Done> written) {
    return index.exists(row, bucket).thenCombine(written, (one, other) -> other);
  }

  /** What waits for several writes. */
  static CompletionStage<Done> all(List<CompletionStage<Done>> writes) {
    return writes.stream().reduce(CompletableFuture.completedFuture(Done.getInstance()),
        (one, other) -> one.thenCombine(other, (done, too) -> done));
  }
}
