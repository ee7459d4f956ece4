package io.hourglass.store;

import akka.Done;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Writes the rows of windows and the index of their buckets. */
final class WindowsTable {
  private static final String OPENED =
      "INSERT INTO %s.windows (pipeline, bucket, shard, start, key, ends, opened_by) VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String CLOSED =
      "INSERT INTO %s.windows (pipeline, bucket, shard, start, key, ends, closed_by, revision, watermark, count, measures, sketches)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String LATE =
      "INSERT INTO %s.windows (pipeline, bucket, shard, start, key, ends, late) VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String BUCKET = "INSERT INTO %s.window_buckets (pipeline, shard, bucket) VALUES (?, ?, ?)";
  private static final int REMEMBERED = 100_000;

  /** A partition of the windows table. */
  private record Partition(String pipeline, long bucket, int shard) {}

  /** A partition of the index of buckets. */
  private record Index(String pipeline, int shard) {}

  private final Cql cql;
  private final TableWriter writer;
  private final WrittenOnce<Partition> indexed = new WrittenOnce<>(REMEMBERED);

  WindowsTable(Cql cql, TableWriter writer) {
    this.cql = cql;
    this.writer = writer;
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
        result.watermark(), result.count(), MeasuresJson.write(result.measures()), sketches(window))));
  }

  CompletionStage<Done> late(WindowRow row, long bucket, long total) {
    return both(row, bucket, writer.write(partition(row, bucket), cql.bind(LATE,
        row.pipeline(), bucket, row.shard(), row.start(), row.key(), row.end(), total)));
  }

  private static Map<String, ByteBuffer> sketches(StoredWindow window) {
    return window.sketches().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> ByteBuffer.wrap(each.getValue())));
  }

  private static Partition partition(WindowRow row, long bucket) {
    return new Partition(row.pipeline(), bucket, row.shard());
  }

  private CompletionStage<Done> both(WindowRow row, long bucket, CompletionStage<Done> written) {
    CompletionStage<Done> index = indexed.write(partition(row, bucket), () -> writer.write(
        new Index(row.pipeline(), row.shard()), cql.bind(BUCKET, row.pipeline(), row.shard(), bucket)));
    return index.thenCombine(written, (one, other) -> other);
  }

  /** What waits for several writes. */
  static CompletionStage<Done> all(List<CompletionStage<Done>> writes) {
    return writes.stream().reduce(CompletableFuture.completedFuture(Done.getInstance()),
        (one, other) -> one.thenCombine(other, (done, too) -> done));
  }
}
