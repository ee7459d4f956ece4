package io.hourglass.store;

import akka.Done;
import com.datastax.oss.driver.api.core.cql.Row;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** What is left of windows beyond retention, a partition for each shard and stretch of {@value #STRETCH} buckets. */
final class DaysTable {
  private static final int STRETCH = 30;
  /** So many rows are written at a time: windows that close are written by the same writer. */
  private static final int AT_A_TIME = 500;
  private static final String COLUMNS = "key, day, starts, ends, closed_by, watermark, count, late, measures, sketches";
  private static final String INSERT = "INSERT INTO %s.window_days (pipeline, stretch, shard, bucket, " + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INDEX = "INSERT INTO %s.window_stretches (pipeline, shard, stretch) VALUES (?, ?, ?)";
  private static final String STRETCHES = "SELECT stretch FROM %s.window_stretches WHERE pipeline = ? AND shard = ? AND stretch >= ? AND stretch <= ?";
  private static final String OF_BUCKET = "SELECT " + COLUMNS + " FROM %s.window_days WHERE pipeline = ? AND stretch = ? AND shard = ? AND bucket = ?";
  private static final String OF_KEY = "SELECT " + COLUMNS + " FROM %s.window_days WHERE pipeline = ? AND stretch = ? AND shard = ? AND bucket IN ? AND key = ?";

  private record Partition(String pipeline, long stretch, int shard) {}

  private final Cql cql;
  private final TableWriter writer;

  DaysTable(Cql cql, TableWriter writer) {
    this.cql = cql;
    this.writer = writer;
  }

  private static long stretch(long bucket) {
    return Math.floorDiv(bucket, STRETCH);
  }

  CompletionStage<Done> write(Pipeline pipeline, int shard, long bucket, List<DayPart> parts) {
    return cql.read(INDEX, pipeline.name(), shard, stretch(bucket)).thenCompose(done -> writeSome(pipeline, shard, bucket, parts));
  }

  private CompletionStage<Done> writeSome(Pipeline pipeline, int shard, long bucket, List<DayPart> parts) {
    if (parts.isEmpty()) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    int some = Math.min(AT_A_TIME, parts.size());
    return WindowsTable.all(parts.subList(0, some).stream().map(part -> write(pipeline, shard, bucket, part)).toList())
        .thenCompose(done -> writeSome(pipeline, shard, bucket, parts.subList(some, parts.size())));
  }

  private CompletionStage<Done> write(Pipeline pipeline, int shard, long bucket, DayPart part) {
    WindowResult total = part.total().window();
    Partition partition = new Partition(pipeline.name(), stretch(bucket), shard);
    return writer.write(partition, cql.bind(INSERT, partition.pipeline(), partition.stretch(), shard, bucket, part.key(), part.day(), part.starts(),
        total.end(), total.closedBy(), total.watermark(), total.count(), total.late(), MeasuresJson.write(total.measures()), Sketches.column(part.total())));
  }

  CompletionStage<List<DayPart>> of(Pipeline pipeline, int shard, long bucket) {
    return cql.read(OF_BUCKET, pipeline.name(), stretch(bucket), shard, bucket).thenCompose(result -> Rows.all(result, DaysTable::part));
  }

  /** What is left of a key's windows of the buckets from {@code oldest} to {@code newest}, newest first; of some more stretches than {@code limit} needs. */
  CompletionStage<List<DayPart>> of(Pipeline pipeline, String key, int shard, long oldest, long newest, int limit) {
    return cql.read(STRETCHES, pipeline.name(), shard, stretch(oldest), stretch(newest))
        .thenCompose(result -> Rows.all(result, row -> row.getLong("stretch")))
        .thenCompose(stretches -> of(pipeline, key, shard, stretches, limit, new ArrayList<>()));
  }

  private CompletionStage<List<DayPart>> of(Pipeline pipeline, String key, int shard, List<Long> stretches, int limit, List<DayPart> found) {
    if (stretches.isEmpty() || found.size() >= limit) {
      return CompletableFuture.completedFuture(found);
    }
    long first = stretches.get(0) * STRETCH;
    List<Long> buckets = LongStream.range(first, first + STRETCH).boxed().toList();
    return cql.read(OF_KEY, pipeline.name(), stretches.get(0), shard, buckets, key).thenCompose(result -> Rows.all(result, DaysTable::part))
        .thenCompose(parts -> {
          found.addAll(parts);
          return of(pipeline, key, shard, stretches.subList(1, stretches.size()), limit, found);
        });
  }

  private static DayPart part(Row row) {
    List<Long> starts = row.getList("starts", Long.class);
    WindowResult total = new WindowResult(starts.get(0), row.getLong("ends"), row.getString("closed_by"), 1, row.getLong("watermark"),
        row.getLong("count"), row.getLong("late"), MeasuresJson.read(row.getString("measures")));
    return new DayPart(row.getString("key"), row.getLong("day"), new StoredWindow(total, Sketches.of(row)), starts);
  }
}
