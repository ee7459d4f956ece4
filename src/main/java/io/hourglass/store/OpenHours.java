package io.hourglass.store;

import akka.Done;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Which hours have windows opened by a source partition: what an ingester asks after a restart. */
final class OpenHours {
  private static final String INSERT =
      "INSERT INTO %s.open_hours (pipeline, source_partition, start, shard) VALUES (?, ?, ?, ?)";
  private static final String SELECT =
      "SELECT start, shard FROM %s.open_hours WHERE pipeline = ? AND source_partition = ? AND start >= ? AND start < ?";
  private static final int REMEMBERED = 100_000;

  private record Partition(String pipeline, int sourcePartition) {}

  private record Hour(Partition partition, long start, int shard) {}

  private final Cql cql;
  private final TableWriter writer;
  private final WrittenOnce<Hour> written = new WrittenOnce<>(REMEMBERED);

  OpenHours(Cql cql, TableWriter writer) {
    this.cql = cql;
    this.writer = writer;
  }

  CompletionStage<Done> opened(WindowRow row) {
    Partition partition = new Partition(row.pipeline(), row.partition());
    return written.write(new Hour(partition, row.start(), row.shard()), () -> writer.write(
        partition, cql.bind(INSERT, row.pipeline(), row.partition(), row.start(), row.shard())));
  }

  CompletionStage<List<OpenHour>> read(Pipeline pipeline, int partition, long fromStart, long toStart) {
    return cql.read(SELECT, pipeline.name(), partition, fromStart, toStart)
        .thenCompose(result -> Rows.all(result, row -> new OpenHour(row.getLong("start"), row.getInt("shard"))));
  }
}
