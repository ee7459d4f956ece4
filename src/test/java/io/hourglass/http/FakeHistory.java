package io.hourglass.http;

import io.hourglass.alert.Alert;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.AlertLife;
import io.hourglass.store.AlertQuery;
import io.hourglass.store.History;
import io.hourglass.store.Page;
import io.hourglass.store.Summand;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Tables in memory. */
public class FakeHistory implements History {
  public final TreeMap<String, List<WindowResult>> rows = new TreeMap<>();
  /** What is left of windows that are no rows any more. */
  final Map<String, List<Summand>> folded = new TreeMap<>();
  final List<Alert> alerts = new ArrayList<>();

  @Override
  public CompletionStage<List<WindowResult>> windows(Pipeline pipeline, String key, long from, long to, int limit) {
    return CompletableFuture.completedFuture(rows.getOrDefault(key, List.of()).stream()
        .filter(each -> from <= each.start() && each.start() < to)
        .sorted(Comparator.comparingLong(WindowResult::start).reversed())
        .limit(limit)
        .toList());
  }

  @Override
  public CompletionStage<List<Summand>> summands(Pipeline pipeline, String key, long from, long to, int limit) {
    List<Summand> parts = folded.getOrDefault(key, List.of()).stream().filter(each -> from <= each.starts().get(0) && each.starts().get(0) < to).toList();
    return windows(pipeline, key, from, to, limit).thenApply(found -> Stream.concat(parts.stream(), found.stream().map(each -> Summand.of(new StoredWindow(each, Map.of())))).toList());
  }

  @Override
  public CompletionStage<Optional<WindowResult>> window(Pipeline pipeline, String key, long start) {
    return windows(pipeline, key, start, start + 1, 1).thenApply(found -> found.stream().findFirst());
  }

  @Override
  public CompletionStage<Page<String>> keys(Pipeline pipeline, String prefix, String afterKey, int limit) {
    Map<String, ?> tail = afterKey == null ? rows : rows.tailMap(afterKey, false);
    List<String> keys = tail.keySet().stream().filter(key -> key.startsWith(prefix)).limit(limit + 1L).toList();
    return CompletableFuture.completedFuture(keys.size() <= limit
        ? new Page<>(keys, null)
        : new Page<>(keys.subList(0, limit), keys.get(limit - 1)));
  }

  @Override
  public CompletionStage<Optional<AlertLife>> alert(String id) {
    return CompletableFuture.completedFuture(alerts.stream().filter(each -> each.id().equals(id)).findFirst()
        .map(alert -> new AlertLife(alert, alert.episode(), 6L, alert.endsAt() == null ? null : alert.id(), alert.endsAt() == null ? null : 9L)));
  }

  @Override
  public CompletionStage<Page<Alert>> alerts(AlertQuery query, String cursor, int limit) {
    return CompletableFuture.completedFuture(new Page<>(alerts.stream().filter(query::matches).limit(limit).toList(), null));
  }
}
