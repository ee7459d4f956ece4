package io.hourglass.store;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.hourglass.entity.Shards;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Reads windows. A key's range costs one read per bucket that holds windows of the key's shard, newest
 * first, {@value #TOGETHER} at a time, until the limit is reached: a day of hours one read, a month
 * thirty. A range of more than {@value #DIRECT} buckets costs one read more, of the buckets that exist, so
 * an endless range costs no more than what is retained.
 */
final class WindowReads {
  private static final int DIRECT = 4;
  private static final int TOGETHER = 4;
  private static final String COUNTS = "start, ends, opened_by, closed_by, revision, watermark, count, late";
  private static final String COLUMNS = COUNTS + ", measures";
  private static final String SKETCHED = COLUMNS + ", sketches";
  private static final String WHERE_KEY = " FROM %s.windows WHERE pipeline = ? AND bucket = ? AND shard = ? AND start IN ? AND key = ?";
  private static final String OF_KEY = "SELECT " + COLUMNS + WHERE_KEY;
  private static final String OF_KEY_SKETCHED = "SELECT " + SKETCHED + WHERE_KEY;
  private static final String OF_HOUR =
      "SELECT key, opened_by, closed_by FROM %s.windows WHERE pipeline = ? AND bucket = ? AND shard = ? AND start = ?";

  private static final String WHERE_HOUR = " FROM %s.windows WHERE pipeline = ? AND bucket = ? AND shard = ? AND start = ?";
  private static final String OF_BUCKET = "SELECT key, " + SKETCHED + " FROM %s.windows WHERE pipeline = ? AND bucket = ? AND shard = ?";
  private static final String ALL_OF_HOUR = "SELECT key, " + SKETCHED + WHERE_HOUR;
  private static final String COUNTS_OF_HOUR = "SELECT key, " + COUNTS + WHERE_HOUR;

  private final Cql cql;
  private final BucketIndex index;
  private final DaysTable days;

  WindowReads(Cql cql, BucketIndex index, DaysTable days) {
    this.cql = cql;
    this.index = index;
    this.days = days;
  }

  CompletionStage<List<WindowResult>> windows(Pipeline pipeline, String key, long from, long to, int limit) {
    Range range = new Range(pipeline, key, Shards.of(key, pipeline.shards()), from, to, limit, false);
    return range.empty() ? CompletableFuture.completedFuture(List.of())
        : (range.direct() ? CompletableFuture.completedFuture(range.all()) : buckets(range))
            .thenCompose(buckets -> read(range, buckets, new ArrayList<>())).thenApply(WindowReads::results);
  }

  private static List<WindowResult> results(List<StoredWindow> found) {
    return found.stream().map(StoredWindow::window).toList();
  }

  /** Windows, and after them what is left of others: one that was removed in between is in it. A window that both tell is taken once. */
  CompletionStage<List<Summand>> summands(Pipeline pipeline, String key, long from, long to, int limit) {
    Range range = new Range(pipeline, key, Shards.of(key, pipeline.shards()), from, to, limit, true);
    return range.empty() ? CompletableFuture.completedFuture(List.of()) : buckets(range).thenCompose(buckets -> read(range, buckets, new ArrayList<>()))
        .thenCompose(windows -> days.of(pipeline, key, range.shard(), range.oldest(), range.newest(), limit).thenApply(parts -> together(range, windows, parts)));
  }

  private static List<Summand> together(Range range, List<StoredWindow> windows, List<DayPart> parts) {
    List<DayPart> wanted = parts.stream().filter(each -> range.from() <= each.starts().get(0) && each.starts().get(0) < range.to()).toList();
    Set<Long> folded = wanted.stream().flatMap(each -> each.starts().stream()).collect(Collectors.toSet());
    return Stream.concat(windows.stream().filter(each -> !folded.contains(each.window().start())).map(Summand::of),
            wanted.stream().map(each -> new Summand(each.total(), each.starts(), true)))
        .sorted(Comparator.comparingLong((Summand each) -> each.window().start()).reversed()).limit(range.limit()).toList();
  }

  /** @param sketched whether sketches are wanted */
  private record Range(Pipeline pipeline, String key, int shard, long from, long to, int limit, boolean sketched) {
    boolean empty() {
      return from >= to || limit <= 0;
    }

    Buckets buckets() {
      return new Buckets(pipeline.window());
    }

    long oldest() {
      return buckets().of(from);
    }

    long newest() {
      return buckets().of(to - 1);
    }

    /** Whether it is cheaper not to ask which buckets there are. */
    boolean direct() {
      return newest() - oldest() < DIRECT;
    }

    /** Newest first. */
    List<Long> all() {
      return LongStream.iterate(newest(), each -> each >= oldest(), each -> each - 1).boxed().toList();
    }
  }

  private CompletionStage<List<Long>> buckets(Range range) {
    return index.between(range.pipeline().name(), range.shard(), range.oldest(), range.newest());
  }

  private CompletionStage<List<StoredWindow>> read(Range range, List<Long> buckets, List<StoredWindow> found) {
    if (buckets.isEmpty() || found.size() >= range.limit()) {
      return CompletableFuture.completedFuture(found.subList(0, Math.min(found.size(), range.limit())));
    }
    int some = Math.min(TOGETHER, buckets.size());
    return Rows.together(buckets.subList(0, some).stream().map(bucket -> bucket(range, bucket)).toList())
        .thenCompose(answers -> {
          answers.forEach(found::addAll);
          return read(range, buckets.subList(some, buckets.size()), found);
        });
  }

  private CompletionStage<List<StoredWindow>> bucket(Range range, long bucket) {
    List<Long> starts = range.buckets().starts(bucket, range.from(), range.to());
    if (starts.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return cql.read(range.sketched() ? OF_KEY_SKETCHED : OF_KEY, range.pipeline().name(), bucket, range.shard(), starts, range.key())
        .thenCompose(result -> Rows.all(result, row -> range.sketched() ? stored(row) : new StoredWindow(window(row), Map.of())))
        .thenApply(windows -> windows.stream().sorted(Comparator.comparing(StoredWindow::window, Comparator.comparingLong(WindowResult::start)).reversed()).toList());
  }

  CompletionStage<Optional<WindowResult>> window(Pipeline pipeline, String key, long start) {
    long bucket = new Buckets(pipeline.window()).of(start);
    return cql.read(OF_KEY, pipeline.name(), bucket, Shards.of(key, pipeline.shards()), Collections.singletonList(start), key)
        .thenApply(result -> Optional.ofNullable(result.one()).map(WindowReads::window));
  }

  /** A row that never opened and has late events is a window that closed before it had any event in time. */
  private static WindowResult window(Row row) {
    return window(row, MeasuresJson.read(row.getString("measures")));
  }

  private static WindowResult window(Row row, Map<String, WindowResult.MeasureResult> measures) {
    boolean neverOpened = row.isNull("opened_by") && !row.isNull("late");
    String closedBy = row.getString("closed_by");
    return new WindowResult(row.getLong("start"), row.getLong("ends"),
        closedBy == null && neverOpened ? "watermark" : closedBy,
        Math.max(1, row.getInt("revision")),
        row.isNull("watermark") ? Watermark.NONE : row.getLong("watermark"),
        row.getLong("count"), row.getLong("late"), measures);
  }

  private static StoredWindow stored(Row row) {
    return new StoredWindow(window(row), Sketches.of(row));
  }

  CompletionStage<Done> each(Pipeline pipeline, int shard, long start, boolean measures, Consumer<KeyRow> told) {
    long bucket = new Buckets(pipeline.window()).of(start);
    return cql.read(measures ? ALL_OF_HOUR : COUNTS_OF_HOUR, pipeline.name(), bucket, shard, start)
        .thenCompose(page -> each(page, measures, told));
  }

  CompletionStage<Done> rows(Pipeline pipeline, int shard, long bucket, Consumer<KeyRow> told) {
    return cql.read(OF_BUCKET, pipeline.name(), bucket, shard).thenComposeAsync(page -> each(page, true, told));
  }

  private static CompletionStage<Done> each(AsyncResultSet page, boolean measures, Consumer<KeyRow> told) {
    for (Row row : page.currentPage()) {
      told.accept(new KeyRow(row.getString("key"), measures ? stored(row) : new StoredWindow(window(row, Map.of()), Map.of())));
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenComposeAsync(next -> each(next, measures, told))
        : CompletableFuture.completedFuture(Done.getInstance());
  }

  /** Keys whose window of {@code hour} was opened by {@code partition} and is not closed; read page by page. */
  Source<String, NotUsed> openKeys(Pipeline pipeline, int partition, OpenHour hour) {
    long bucket = new Buckets(pipeline.window()).of(hour.start());
    return Pages.source(() -> cql.read(OF_HOUR, pipeline.name(), bucket, hour.shard(), hour.start()))
        .filter(row -> row.isNull("closed_by") && !row.isNull("opened_by") && row.getInt("opened_by") == partition)
        .map(row -> row.getString("key"));
  }
}
