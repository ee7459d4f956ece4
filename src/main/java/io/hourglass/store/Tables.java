package io.hourglass.store;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.CqlSession;
import io.hourglass.alert.Alert;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The read tables of a node. Safe for many threads; one per node, so that rows of one partition meet in one
 * batch. Every method answers a failed stage when Cassandra does not take or give the answer, and a write
 * that failed may be repeated as it is.
 */
public final class Tables implements History, HourRows, AgedWindows {
  private final Map<String, Buckets> buckets;
  private final BucketIndex index;
  private final DaysTable days;
  private final WindowsTable windows;
  private final WindowReads reads;
  private final OpenHours openHours;
  private final KeysTable keys;
  private final AlertsTable alerts;

  /** @param session asked again for every statement, so it may fail while Cassandra is away and recover */
  public Tables(Supplier<? extends CompletionStage<CqlSession>> session, Settings settings) {
    this(session, settings.cassandra().keyspace(), settings.pipelines());
  }

  Tables(Supplier<? extends CompletionStage<CqlSession>> session, String keyspace, List<Pipeline> pipelines) {
    Cql cql = new Cql(session, keyspace);
    TableWriter writer = new TableWriter(cql, TableWriter.Limits.DEFAULT);
    buckets = pipelines.stream().collect(Collectors.toMap(Pipeline::name, each -> new Buckets(each.window()), (a, b) -> b));
    index = new BucketIndex(cql, writer);
    days = new DaysTable(cql, writer);
    windows = new WindowsTable(cql, writer, index);
    reads = new WindowReads(cql, index, days);
    openHours = new OpenHours(cql, writer);
    keys = new KeysTable(cql, writer);
    alerts = new AlertsTable(cql, writer);
  }

  /** Writes that a window of a key has opened: its row, without values, the key, and the partition's hour. */
  public CompletionStage<Done> opened(WindowRow row) {
    return WindowsTable.all(List.of(windows.opened(row, bucket(row)), openHours.opened(row), keys.seen(row)));
  }

  /** Writes a closed window's values, and the key; whether its opening was written does not matter. */
  public CompletionStage<Done> closed(WindowRow row, StoredWindow window) {
    return WindowsTable.all(List.of(windows.closed(row, bucket(row), window), keys.seen(row)));
  }

  /** @param lateTotalOfWindow late events of this window so far; replaces what was written before */
  public CompletionStage<Done> late(WindowRow row, long lateTotalOfWindow) {
    return WindowsTable.all(List.of(windows.late(row, bucket(row), lateTotalOfWindow), keys.seen(row)));
  }

  private long bucket(WindowRow row) {
    return buckets.get(row.pipeline()).of(row.start());
  }

  @Override
  public CompletionStage<List<WindowResult>> windows(Pipeline pipeline, String key, long from, long to, int limit) {
    return reads.windows(pipeline, key, from, to, limit);
  }

  @Override
  public CompletionStage<List<Summand>> summands(Pipeline pipeline, String key, long from, long to, int limit) {
    return reads.summands(pipeline, key, from, to, limit);
  }

  @Override
  public CompletionStage<Optional<WindowResult>> window(Pipeline pipeline, String key, long start) {
    return reads.window(pipeline, key, start);
  }

  @Override
  public CompletionStage<Done> each(Pipeline pipeline, int shard, long start, boolean measures, Consumer<KeyRow> told) {
    return reads.each(pipeline, shard, start, measures, told);
  }

  @Override
  public CompletionStage<List<Long>> before(Pipeline pipeline, int shard, long start) {
    return index.between(pipeline.name(), shard, Long.MIN_VALUE, buckets.get(pipeline.name()).of(start) - 1);
  }

  @Override
  public CompletionStage<Done> rows(Pipeline pipeline, int shard, long bucket, Consumer<KeyRow> told) {
    return reads.rows(pipeline, shard, bucket, told);
  }

  @Override
  public CompletionStage<List<DayPart>> parts(Pipeline pipeline, int shard, long bucket) {
    return days.of(pipeline, shard, bucket);
  }

  @Override
  public CompletionStage<Done> write(Pipeline pipeline, int shard, long bucket, List<DayPart> parts) {
    return days.write(pipeline, shard, bucket, parts);
  }

  /** The windows first: a bucket that is not in the index any more is looked for by nobody. */
  @Override
  public CompletionStage<Done> remove(Pipeline pipeline, int shard, long bucket, long micros) {
    return windows.delete(pipeline.name(), bucket, shard, micros).thenCompose(deleted -> index.delete(pipeline.name(), shard, bucket, micros));
  }

  /** Hours with {@code fromStart <= start < toStart} in which {@code partition} opened windows, oldest first. */
  public CompletionStage<List<OpenHour>> openHours(Pipeline pipeline, int partition, long fromStart, long toStart) {
    return openHours.read(pipeline, partition, fromStart, toStart);
  }

  /** Keys whose window of {@code hour} was opened by {@code partition} and has not been written as closed. */
  public Source<String, NotUsed> openKeys(Pipeline pipeline, int partition, OpenHour hour) {
    return reads.openKeys(pipeline, partition, hour);
  }

  @Override
  public CompletionStage<Page<String>> keys(Pipeline pipeline, String prefix, String afterKey, int limit) {
    return keys.keys(pipeline, prefix, afterKey, limit);
  }

  /** Writes an alert as it fires or is resolved; a resolved one stays so. */
  public CompletionStage<Done> alert(Alert alert) {
    return alerts.write(alert);
  }

  @Override
  public CompletionStage<Optional<AlertLife>> alert(String id) {
    return alerts.life(id);
  }

  @Override
  public CompletionStage<Page<Alert>> alerts(AlertQuery query, String cursor, int limit) {
    try {
      return alerts.page(query, cursor == null ? null : AlertCursor.parse(cursor), limit);
    } catch (BadCursor e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
