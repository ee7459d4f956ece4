package io.hourglass.http;

import io.hourglass.query.HeldWindows;
import io.hourglass.query.LiveKeys;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeyResult;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Keys as a test sets them, the durable ones by {@code key@durable}; {@code slow} and {@code broken} do not answer. */
record FakeKeys(Map<String, KeyResult> held) implements LiveKeys, HeldWindows {

  @Override
  public CompletionStage<Optional<KeyResult>> key(Pipeline pipeline, String key, boolean durable) {
    return switch (key) {
      case "slow" -> CompletableFuture.failedFuture(new TimeoutException("slow"));
      case "broken" -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
      default -> CompletableFuture.completedFuture(Optional.ofNullable(held.get(durable ? key + "@durable" : key)));
    };
  }

  @Override
  public CompletionStage<Optional<Held>> held(Pipeline pipeline, String key, boolean durable) {
    return key(pipeline, key, durable).thenApply(found -> found.map(each ->
        new Held(each.watermark(), each.windows().stream().map(window -> new StoredWindow(window, Map.of())).toList())));
  }

  /** As long as it is asked for, and with as many events as it has minutes. */
  @Override
  public CompletionStage<Optional<WindowResult>> rolling(Pipeline pipeline, String key, long length, boolean durable) {
    return key(pipeline, key, durable).thenApply(found -> found.map(each -> each.windows().get(0))
        .map(window -> new WindowResult(window.end() - length, window.end(), null, 1, window.watermark(), length / 60_000, 0, window.measures())));
  }
}
