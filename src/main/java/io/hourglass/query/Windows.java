package io.hourglass.query;

import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import io.hourglass.window.KeyResult;
import io.hourglass.window.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The windows of a key, live ones over those of the read table; a window that both know is taken from the
 * entity. The entity is asked first: what it no longer holds has reached the table by then, so no window
 * falls between the two. A row that says open while no entity holds the window tells nothing and is left out.
 */
public final class Windows {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /**
   * Windows newest first.
   *
   * @param more whether older windows of the range are left
   */
  public record Found(List<WindowResult> windows, boolean more) {}

  private final LiveKeys live;
  private final History history;
  private final ActorSystem<?> system;

  public Windows(LiveKeys live, History history, ActorSystem<?> system) {
    this.live = live;
    this.history = history;
    this.system = system;
  }

  /** Windows with {@code from <= start < to}, epoch milliseconds; empty when nobody knows the key. */
  public CompletionStage<Optional<Found>> range(
      Pipeline pipeline, String key, long from, long to, int limit, boolean durable) {
    return live.key(pipeline, key, durable).thenCompose(held -> {
      List<WindowResult> now = held.map(KeyResult::windows).orElse(List.of());
      int wanted = limit + 1 + now.size();
      return history.windows(pipeline, key, from, to, wanted).thenApply(rows ->
          held.isEmpty() && rows.isEmpty() ? Optional.<Found>empty() : Optional.of(merge(rows, now, from, to, limit, wanted)));
    });
  }

  private static Found merge(List<WindowResult> rows, List<WindowResult> now, long from, long to, int limit, int wanted) {
    TreeMap<Long, WindowResult> merged = new TreeMap<>(Comparator.reverseOrder());
    rows.stream().filter(WindowResult::closed).forEach(each -> merged.put(each.start(), each));
    now.stream().filter(each -> from <= each.start() && each.start() < to).forEach(each -> merged.put(each.start(), each));
    List<WindowResult> windows = new ArrayList<>(merged.values());
    boolean more = windows.size() > limit || (rows.size() == wanted && !windows.isEmpty());
    return new Found(windows.subList(0, Math.min(limit, windows.size())), more);
  }

  /** The window that begins at {@code start}, or empty. */
  public CompletionStage<Optional<WindowResult>> one(Pipeline pipeline, String key, long start, boolean durable) {
    return live.key(pipeline, key, durable).thenCompose(held -> held(held, start).isPresent()
        ? CompletableFuture.completedFuture(held(held, start))
        : history.window(pipeline, key, start).thenApply(row -> row.filter(WindowResult::closed)));
  }

  private static Optional<WindowResult> held(Optional<KeyResult> key, long start) {
    return key.stream().flatMap(each -> each.windows().stream()).filter(each -> each.start() == start).findFirst();
  }

  /**
   * The window once it is closed, or as it stands after {@code timeout}. A window that does not exist is
   * waited for as well, unless it would be closed already.
   */
  public CompletionStage<Optional<WindowResult>> closed(
      Pipeline pipeline, String key, long start, boolean durable, Duration timeout) {
    return look(pipeline, key, start, durable, System.nanoTime() + timeout.toNanos());
  }

  private CompletionStage<Optional<WindowResult>> look(
      Pipeline pipeline, String key, long start, boolean durable, long until) {
    return one(pipeline, key, start, durable).thenCompose(found -> {
      long leftMs = (until - System.nanoTime()) / 1_000_000;
      if (found.filter(WindowResult::closed).isPresent() || leftMs <= 0) {
        return CompletableFuture.completedFuture(found);
      }
      return found.isPresent()
          ? again(pipeline, key, start, durable, until, leftMs)
          : hopeful(pipeline, key, start).thenCompose(hope -> hope
              ? again(pipeline, key, start, durable, until, leftMs)
              : CompletableFuture.completedFuture(found));
    });
  }

  /** Whether a window that does not exist may still come to be: the key is known and has not passed it. */
  private CompletionStage<Boolean> hopeful(Pipeline pipeline, String key, long start) {
    return live.key(pipeline, key, false)
        .thenApply(held -> held.isPresent() && !pipeline.window().closed(start, held.get().watermark()));
  }

  private CompletionStage<Optional<WindowResult>> again(
      Pipeline pipeline, String key, long start, boolean durable, long until, long leftMs) {
    Duration pause = Duration.ofMillis(Math.min(LOOK_AGAIN.toMillis(), leftMs));
    return Patterns.after(pause, system.classicSystem(), () -> look(pipeline, key, start, durable, until));
  }
}
