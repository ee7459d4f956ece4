package io.hourglass.store;

import akka.Done;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Which buckets of a shard hold windows, newest first, and which of them are on their way out. */
final class BucketIndex {
  private static final String INSERT = "INSERT INTO %s.window_buckets (pipeline, shard, bucket) VALUES (?, ?, ?)";
  private static final String BUCKETS =
      "SELECT bucket, folded_at, removed FROM %s.window_buckets WHERE pipeline = ? AND shard = ? AND bucket >= ? AND bucket <= ?";
  private static final String FOLDED = "UPDATE %s.window_buckets SET folded_at = ? WHERE pipeline = ? AND shard = ? AND bucket = ?";
  private static final String REMOVED = "UPDATE %s.window_buckets SET removed = true WHERE pipeline = ? AND shard = ? AND bucket = ?";
  private static final int REMEMBERED = 100_000;

  private record Partition(String pipeline, int shard) {}

  private record Row(Partition partition, long bucket) {}

  private final Cql cql;
  private final TableWriter writer;
  private final WrittenOnce<Row> written = new WrittenOnce<>(REMEMBERED);

  BucketIndex(Cql cql, TableWriter writer) {
    this.cql = cql;
    this.writer = writer;
  }

  /** Writes that the bucket of a window exists. */
  CompletionStage<Done> exists(WindowRow row, long bucket) {
    Partition partition = new Partition(row.pipeline(), row.shard());
    return written.write(new Row(partition, bucket),
        () -> writer.write(partition, cql.bind(INSERT, row.pipeline(), row.shard(), bucket)));
  }

  /** Those from {@code oldest} to {@code newest}, both included. */
  CompletionStage<List<Bucket>> between(String pipeline, int shard, long oldest, long newest) {
    return cql.read(BUCKETS, pipeline, shard, oldest, newest).thenCompose(result -> Rows.all(result, row -> new Bucket(
        row.getLong("bucket"), row.isNull("folded_at") ? null : row.getLong("folded_at"), row.getBoolean("removed"))));
  }

  CompletionStage<Done> folded(Pipeline pipeline, int shard, long bucket, long now) {
    return cql.read(FOLDED, now, pipeline.name(), shard, bucket).thenApply(done -> Done.getInstance());
  }

  CompletionStage<Done> removed(Pipeline pipeline, int shard, long bucket) {
    return cql.read(REMOVED, pipeline.name(), shard, bucket).thenApply(done -> Done.getInstance());
  }
}
