package io.hourglass.retention;

import akka.Done;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.AgedWindows;
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
class FakeAgedWindows implements AgedWindows {
  static final int SHARD = 3;
  static final long DAY = 86_400_000;

  /** @param micros when it was written */
  private record Written(KeyRow row, long micros) {}

  private final Map<Long, List<Written>> rows = new TreeMap<>();
  private final Map<String, DayPart> parts = new TreeMap<>();
  String broken = "";
  /** Runs between the reading of rows and the next step, once. */
  Runnable meanwhile = () -> { };

  void put(KeyRow row, long millis) {
    rows.computeIfAbsent(Math.floorDiv(row.window().start(), DAY), any -> new ArrayList<>()).add(new Written(row, millis * 1_000));
  }

  int rows(long bucket) {
    return rows.getOrDefault(bucket, List.of()).size();
  }

  List<DayPart> parts() {
    return List.copyOf(parts.values());
  }

  @Override
  public CompletionStage<List<Long>> before(Pipeline pipeline, int shard, long start) {
    return CompletableFuture.completedFuture(shard != SHARD ? List.of()
        : rows.keySet().stream().filter(each -> each < Math.floorDiv(start, DAY)).sorted(Comparator.reverseOrder()).toList());
  }

  @Override
  public CompletionStage<Done> rows(Pipeline pipeline, int shard, long bucket, Consumer<KeyRow> told) {
    rows.getOrDefault(bucket, List.of()).stream().map(Written::row).sorted(Comparator.comparingLong(each -> each.window().start())).forEach(told);
    Runnable now = meanwhile;
    meanwhile = () -> { };
    now.run();
    return answer("rows");
  }

  @Override
  public CompletionStage<List<DayPart>> parts(Pipeline pipeline, int shard, long bucket) {
    return answer("parts").thenApply(done -> parts.entrySet().stream().filter(each -> each.getKey().startsWith(bucket + "|")).map(Map.Entry::getValue).toList());
  }

  @Override
  public CompletionStage<Done> write(Pipeline pipeline, int shard, long bucket, List<DayPart> written) {
    written.forEach(part -> parts.put(bucket + "|" + part.key() + "|" + part.day(), part));
    return answer("write");
  }

  @Override
  public CompletionStage<Done> remove(Pipeline pipeline, int shard, long bucket, long micros) {
    return answer("remove").thenApply(done -> {
      rows.getOrDefault(bucket, new ArrayList<>()).removeIf(each -> each.micros() < micros);
      rows.values().removeIf(List::isEmpty);
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
