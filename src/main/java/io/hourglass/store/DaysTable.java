package io.hourglass.store;

import akka.Done;
import com.datastax.oss.driver.api.core.cql.Row;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What is left of windows beyond retention, a partition for each shard and stretch of {@value #STRETCH} buckets. */
final class DaysTable {
  private static final int STRETCH = 30;
  private static final String INSERT = "INSERT INTO %s.window_days (pipeline, stretch, shard, key, start, ends, windows, closed_by, watermark,"
      + " count, late, measures, sketches) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String OF_KEY = "SELECT start, ends, windows, closed_by, watermark, count, late, measures, sketches FROM %s.window_days"
      + " WHERE pipeline = ? AND stretch = ? AND shard = ? AND key = ? AND start >= ? AND start < ?";

  private record Partition(String pipeline, long stretch, int shard) {}

  private final Cql cql;
  private final TableWriter writer;

  DaysTable(Cql cql, TableWriter writer) {
    this.cql = cql;
    this.writer = writer;
  }

  static long stretch(long bucket) {
    return Math.floorDiv(bucket, STRETCH);
  }

  CompletionStage<Done> write(Pipeline pipeline, int shard, long bucket, DayPart part) {
    WindowResult total = part.total().window();
    Partition partition = new Partition(pipeline.name(), stretch(bucket), shard);
    return writer.write(partition, cql.bind(INSERT, partition.pipeline(), partition.stretch(), shard, part.key(), total.start(), total.end(),
        part.windows(), total.closedBy(), total.watermark(), total.count(), total.late(), MeasuresJson.write(total.measures()),
        Sketches.column(part.total())));
  }

  /** A key's days of a stretch with {@code from <= start < to}, newest first. */
  CompletionStage<List<Summand>> of(Pipeline pipeline, String key, int shard, long stretch, long from, long to) {
    return cql.read(OF_KEY, pipeline.name(), stretch, shard, key, from, to).thenCompose(result -> Rows.all(result, DaysTable::summand));
  }

  private static Summand summand(Row row) {
    WindowResult total = new WindowResult(row.getLong("start"), row.getLong("ends"), row.getString("closed_by"), 1, row.getLong("watermark"),
        row.getLong("count"), row.getLong("late"), MeasuresJson.read(row.getString("measures")));
    return new Summand(new StoredWindow(total, Sketches.of(row)), row.getInt("windows"), true);
  }
}
