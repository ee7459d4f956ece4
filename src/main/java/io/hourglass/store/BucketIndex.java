package io.hourglass.store;

import akka.Done;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Which buckets of a shard hold windows, newest first. */
final class BucketIndex {
  private static final String INSERT = "INSERT INTO %s.window_buckets (pipeline, shard, bucket) VALUES (?, ?, ?)";
  private static final String BUCKETS = "SELECT bucket FROM %s.window_buckets WHERE pipeline = ? AND shard = ? AND bucket >= ? AND bucket <= ?";
  private static final String DELETE = "DELETE FROM %s.window_buckets USING TIMESTAMP ? WHERE pipeline = ? AND shard = ? AND bucket = ?";
  private static final int REMEMBERED = 100_000;
  /** Of a bucket into which windows come it is said again this often that it exists: it may have been removed meanwhile. */
  private static final Duration AGAIN = Duration.ofSeconds(20);

  private record Partition(String pipeline, int shard) {}

  private record Row(Partition partition, long bucket, long turn) {}

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
    return written.write(new Row(partition, bucket, System.nanoTime() / AGAIN.toNanos()),
        () -> writer.write(partition, cql.bind(INSERT, row.pipeline(), row.shard(), bucket)));
  }

  /** Those from {@code oldest} to {@code newest}, both included. */
  CompletionStage<List<Long>> between(String pipeline, int shard, long oldest, long newest) {
    return cql.read(BUCKETS, pipeline, shard, oldest, newest).thenCompose(result -> Rows.all(result, row -> row.getLong("bucket")));
  }

  /** Forgets a bucket into which nothing has come since {@code micros}: what came may have been said to exist some time before. */
  CompletionStage<Done> delete(String pipeline, int shard, long bucket, long micros) {
    return cql.read(DELETE, micros - AGAIN.toNanos() / 1_000, pipeline, shard, bucket).thenApply(done -> Done.getInstance());
  }
}
