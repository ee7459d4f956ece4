package io.hourglass.retention;

import akka.Done;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.AgedWindows;
import io.hourglass.store.Bucket;
import io.hourglass.store.DayPart;
import io.hourglass.store.KeyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Shard 3's buckets of UTC days in memory; the others are empty. {@code broken} fails the next step of that name, once. */
final class FakeAgedWindows implements AgedWindows {
  static final int SHARD = 3;
  static final long DAY = 86_400_000;

  final Map<Long, List<KeyRow>> rows = new TreeMap<>();
  final Map<Long, Bucket> buckets = new TreeMap<>();
  final Map<Long, List<DayPart>> parts = new TreeMap<>();
  String broken = "";

  void put(KeyRow row) {
    long bucket = Math.floorDiv(row.window().start(), DAY);
    rows.computeIfAbsent(bucket, any -> new ArrayList<>()).add(row);
    buckets.put(bucket, new Bucket(bucket, null, false));
  }

  @Override
  public CompletionStage<List<Bucket>> before(Pipeline pipeline, int shard, long start) {
    return CompletableFuture.completedFuture(shard != SHARD ? List.of() : buckets.values().stream()
        .filter(each -> each.number() < Math.floorDiv(start, DAY)).sorted(Comparator.comparingLong(Bucket::number).reversed()).toList());
  }

  @Override
  public CompletionStage<Done> rows(Pipeline pipeline, int shard, long bucket, Consumer<KeyRow> told) {
    rows.getOrDefault(bucket, List.of()).forEach(told);
    return answer("rows");
  }

  @Override
  public CompletionStage<Done> fold(Pipeline pipeline, int shard, long bucket, List<DayPart> written, long now) {
    parts.put(bucket, written);
    return answer("fold").thenApply(done -> {
      buckets.put(bucket, new Bucket(bucket, now, false));
      return done;
    });
  }

  @Override
  public CompletionStage<Done> remove(Pipeline pipeline, int shard, long bucket) {
    rows.remove(bucket);
    return answer("remove").thenApply(done -> {
      buckets.computeIfPresent(bucket, (number, found) -> new Bucket(number, found.foldedAt(), true));
      return done;
    });
  }

  private CompletionStage<Done> answer(String step) {
    if (step.equals(broken)) {
      broken = "";
      return CompletableFuture.failedFuture(new IllegalStateException("Cassandra is away"));
    }
    return CompletableFuture.completedFuture(Done.getInstance());
  }
}
