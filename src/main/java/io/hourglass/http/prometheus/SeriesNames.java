package io.hourglass.http.prometheus;

import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Which series there are, each answer as the {@code data} of an answer. Keys are read once for each pipeline, one pipeline after
 * the other, and no further than the answer goes.
 */
final class SeriesNames {
  private static final int MOST_KEYS = 1_000;
  private static final int MOST_SELECTORS = 10;

  private final List<Pipeline> pipelines;
  private final History history;
  private final Duration patience;

  SeriesNames(List<Pipeline> pipelines, History history, Duration patience) {
    this.pipelines = pipelines;
    this.history = history;
    this.patience = patience;
  }

  CompletionStage<Object> labels() {
    return CompletableFuture.completedFuture(List.of("__name__", "key", "pipeline"));
  }

  CompletionStage<Object> values(String label, Arguments arguments) {
    List<Selector> selectors = selectors(arguments);
    return switch (label) {
      case "__name__" -> CompletableFuture.completedFuture(
          new TreeSet<>(named(selectors).flatMap(each -> Metric.all(each).stream()).map(Metric::name).toList()));
      case "pipeline" -> CompletableFuture.completedFuture(new TreeSet<>(named(selectors).map(Pipeline::name).toList()));
      case "key" -> keys(named(selectors).toList()).thenApply(found -> found);
      default -> CompletableFuture.completedFuture(List.of());
    };
  }

  private static List<Selector> selectors(Arguments arguments) {
    List<String> given = arguments.all("match[]");
    if (given.size() > MOST_SELECTORS) {
      throw new BadQuery("match[]: " + given.size() + " selectors (expected: at most " + MOST_SELECTORS + ")");
    }
    return given.stream().map(Selector::parse).toList();
  }

  private Stream<Pipeline> named(List<Selector> selectors) {
    return pipelines.stream().filter(each -> selectors.isEmpty() || selectors.stream().anyMatch(selector -> takes(selector, each)));
  }

  private static boolean takes(Selector selector, Pipeline pipeline) {
    return selector.pipeline().map(pipeline.name()::equals).orElse(true)
        && selector.metric().map(name -> Metric.of(pipeline, name).isPresent()).orElse(true);
  }

  private CompletionStage<Set<String>> keys(List<Pipeline> some) {
    Deadline deadline = Deadline.in(patience);
    CompletionStage<Set<String>> all = CompletableFuture.completedFuture(new LinkedHashSet<>());
    for (Pipeline each : some) {
      all = all.thenCompose(found -> found.size() >= MOST_KEYS ? CompletableFuture.completedFuture(found)
          : keys(each, deadline).thenApply(keys -> {
            keys.stream().takeWhile(key -> found.size() < MOST_KEYS).forEach(found::add);
            return found;
          }));
    }
    return all;
  }

  private CompletionStage<List<String>> keys(Pipeline pipeline, Deadline deadline) {
    return deadline.begin(() -> history.keys(pipeline, "", null, MOST_KEYS)).thenApply(page -> page.items());
  }

  CompletionStage<Object> series(Arguments arguments) {
    List<Selector> selectors = selectors(arguments);
    if (selectors.isEmpty()) {
      throw new BadQuery("match[]: missing (expected: a selector)");
    }
    Deadline deadline = Deadline.in(patience);
    CompletionStage<Set<Map<String, String>>> all = CompletableFuture.completedFuture(new LinkedHashSet<>());
    for (Pipeline pipeline : named(selectors).toList()) {
      List<Selector> some = selectors.stream().filter(each -> takes(each, pipeline)).toList();
      all = all.thenCompose(found -> found.size() >= MOST_KEYS ? CompletableFuture.completedFuture(found)
          : (some.stream().allMatch(each -> !each.keys().isEmpty()) ? CompletableFuture.completedFuture(List.<String>of()) : keys(pipeline, deadline))
              .thenApply(keys -> with(found, some, pipeline, keys)));
    }
    return all.thenApply(found -> found);
  }

  /** @param keys what a selector without keys takes */
  private static Set<Map<String, String>> with(Set<Map<String, String>> found, List<Selector> selectors, Pipeline pipeline, List<String> keys) {
    for (Selector selector : selectors) {
      Metric.all(pipeline).stream().filter(metric -> selector.metric().map(metric.name()::equals).orElse(true))
          .flatMap(metric -> (selector.keys().isEmpty() ? keys : List.copyOf(selector.keys())).stream().map(metric::labels))
          .takeWhile(labels -> found.size() < MOST_KEYS).forEach(found::add);
    }
    return found;
  }

  CompletionStage<Object> metadata(Arguments arguments) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    pipelines.stream().flatMap(each -> Metric.all(each).stream())
        .filter(metric -> arguments.all("metric").isEmpty() || arguments.all("metric").contains(metric.name()))
        .forEach(metric -> metadata.putIfAbsent(metric.name(), List.of(Map.of("type", "gauge", "help", metric.help(), "unit", ""))));
    return CompletableFuture.completedFuture(metadata);
  }
}
