package io.hourglass.http.prometheus;

import io.hourglass.query.LiveKeys;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import io.hourglass.window.KeyResult;
import io.hourglass.window.WindowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads the windows of a key that steps hit: range by range where the steps lie close, else one by one, a few at once. The entity
 * is asked first and what it holds stands over the rows, so that no window falls between the two.
 */
final class HitWindows {
  private static final int WINDOWS_OF_A_READ = 1_000;
  private static final int READS_AT_ONCE = 16;

  private final LiveKeys live;
  private final History history;

  HitWindows(LiveKeys live, History history) {
    this.live = live;
    this.history = history;
  }

  CompletionStage<Samples> into(Samples samples, Pipeline pipeline, String key, Steps steps, Deadline deadline) {
    return deadline.begin(() -> live.key(pipeline, key, false)).thenCompose(held -> {
      CompletionStage<Samples> rows = CompletableFuture.completedFuture(samples);
      for (Supplier<CompletionStage<List<WindowResult>>> read : steps.farApart(pipeline) ? each(pipeline, key, steps) : ranges(pipeline, key, steps)) {
        rows = rows.thenCompose(before -> deadline.begin(read)).thenApply(found -> samples.add(found.stream().filter(WindowResult::closed)));
      }
      return rows.thenApply(all -> samples.add(held.map(KeyResult::windows).stream().flatMap(List::stream)));
    });
  }

  private List<Supplier<CompletionStage<List<WindowResult>>>> ranges(Pipeline pipeline, String key, Steps steps) {
    List<Supplier<CompletionStage<List<WindowResult>>>> reads = new ArrayList<>();
    long length = WINDOWS_OF_A_READ * pipeline.window().sizeMs();
    for (long first = pipeline.window().startOf(steps.from()); first <= steps.to(); first += length) {
      long from = first;
      long to = Math.min(first + length, steps.to() + 1);
      reads.add(() -> history.windows(pipeline, key, from, to, WINDOWS_OF_A_READ * 2));
    }
    return reads;
  }

  private List<Supplier<CompletionStage<List<WindowResult>>>> each(Pipeline pipeline, String key, Steps steps) {
    List<Supplier<CompletionStage<List<WindowResult>>>> reads = new ArrayList<>();
    List<Long> starts = steps.starts(pipeline);
    for (int first = 0; first < starts.size(); first += READS_AT_ONCE) {
      List<Long> some = starts.subList(first, Math.min(first + READS_AT_ONCE, starts.size()));
      reads.add(() -> together(some.stream().map(start -> history.window(pipeline, key, start).toCompletableFuture()).toList()));
    }
    return reads;
  }

  private static CompletionStage<List<WindowResult>> together(List<CompletableFuture<Optional<WindowResult>>> reads) {
    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
        .thenApply(done -> reads.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList());
  }
}
