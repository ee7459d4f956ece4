package io.hourglass.http.prometheus;

import io.hourglass.query.Windows;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import io.hourglass.window.WindowResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers to the queries, each as the {@code data} of an answer. */
final class PrometheusQueries {
  private static final long MOST_POINTS = 11_000;
  private static final int MOST_KEYS = 1_000;
  private static final String NUMBER = "\\s*(-?\\d+(?:\\.\\d+)?)\\s*";
  /** What data sources ask to see whether anybody is there. */
  private static final Pattern SUM = Pattern.compile(NUMBER + "(?:\\+" + NUMBER + ")?");

  private final List<Pipeline> pipelines;
  private final Windows windows;
  private final History history;
  private final InstantSource clock;

  PrometheusQueries(List<Pipeline> pipelines, Windows windows, History history, InstantSource clock) {
    this.pipelines = pipelines;
    this.windows = windows;
    this.history = history;
    this.clock = clock;
  }

  CompletionStage<Object> range(Arguments arguments) {
    long from = arguments.time("start");
    long to = arguments.time("end");
    long step = arguments.step();
    if (to < from) {
      throw new BadQuery("end: before start");
    }
    if ((to - from) / step >= MOST_POINTS) {
      throw new BadQuery("step: " + (to - from) / step + " points (expected: at most " + MOST_POINTS + "; a longer step)");
    }
    return series(arguments.text("query"), from, to, samples -> {
      List<List<Object>> values = samples.range(from, to, step);
      return values.isEmpty() ? Optional.empty() : Optional.of(Map.entry("values", values));
    }).thenApply(result -> data("matrix", result));
  }

  CompletionStage<Object> instant(Arguments arguments) {
    long at = arguments.time("time", clock.millis());
    Matcher sum = SUM.matcher(arguments.text("query"));
    if (sum.matches()) {
      double value = Double.parseDouble(sum.group(1)) + (sum.group(2) == null ? 0 : Double.parseDouble(sum.group(2)));
      return CompletableFuture.completedFuture(data("scalar", Samples.sample(at, value)));
    }
    return series(arguments.text("query"), at, at, samples -> Optional.ofNullable(samples.at(at)).map(sample -> Map.entry("value", sample)))
        .thenApply(result -> data("vector", result));
  }

  private static Object data(String type, Object result) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("resultType", type);
    data.put("result", result);
    return data;
  }

  private interface Told {
    Optional<? extends Map.Entry<String, ?>> of(Samples samples);
  }

  private CompletionStage<List<Object>> series(String query, long from, long to, Told told) {
    Selector selector = Selector.parse(query);
    Pipeline pipeline = pipeline(selector);
    if (selector.metric().isEmpty() || selector.keys().isEmpty()) {
      throw new BadQuery("query: " + query + " (expected: a metric and a key, such as count{pipeline=\"" + pipeline.name() + "\",key=\"a\"})");
    }
    Optional<Metric> metric = Metric.of(pipeline, selector.metric().get());
    CompletionStage<List<Object>> all = CompletableFuture.completedFuture(new ArrayList<>());
    if (metric.isPresent()) {
      for (String key : selector.keys()) {
        all = all.thenCompose(found -> windows(pipeline, key, from, to).thenApply(held -> {
          told.of(new Samples(metric.get().criterion(), held)).ifPresent(values -> found.add(series(metric.get(), key, values)));
          return found;
        }));
      }
    }
    return all;
  }

  private static Map<String, Object> series(Metric metric, String key, Map.Entry<String, ?> values) {
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("metric", metric.labels(key));
    series.put(values.getKey(), values.getValue());
    return series;
  }

  private CompletionStage<List<WindowResult>> windows(Pipeline pipeline, String key, long from, long to) {
    long first = pipeline.window().startOf(from);
    long most = (to - first) / pipeline.window().sizeMs() + 2;
    if (most > MOST_POINTS) {
      throw new BadQuery("start, end: " + most + " windows (expected: at most " + MOST_POINTS + ")");
    }
    return windows.range(pipeline, key, first, to + 1, (int) most * 2, false).thenApply(found -> found.map(Windows.Found::windows).orElse(List.of()));
  }

  private Pipeline pipeline(Selector selector) {
    if (selector.pipeline().isEmpty() && pipelines.size() == 1) {
      return pipelines.get(0);
    }
    String name = selector.pipeline().orElseThrow(() -> new BadQuery("pipeline: missing (expected: pipeline=\"…\", as there are several)"));
    return pipelines.stream().filter(each -> each.name().equals(name)).findFirst()
        .orElseThrow(() -> new BadQuery("pipeline: " + name + " (expected: one of " + pipelines.stream().map(Pipeline::name).toList() + ")"));
  }

  CompletionStage<Object> labels() {
    return CompletableFuture.completedFuture(List.of("__name__", "key", "pipeline"));
  }

  CompletionStage<Object> values(String label, Arguments arguments) {
    List<Selector> selectors = arguments.all("match[]").stream().map(Selector::parse).toList();
    return switch (label) {
      case "__name__" -> CompletableFuture.completedFuture(
          new TreeSet<>(named(selectors).flatMap(each -> Metric.all(each).stream()).map(Metric::name).toList()));
      case "pipeline" -> CompletableFuture.completedFuture(new TreeSet<>(named(selectors).map(Pipeline::name).toList()));
      case "key" -> keys(named(selectors).toList()).thenApply(found -> found);
      default -> CompletableFuture.completedFuture(List.of());
    };
  }

  private Stream<Pipeline> named(List<Selector> selectors) {
    return pipelines.stream().filter(each -> selectors.isEmpty() || selectors.stream().anyMatch(selector -> takes(selector, each)));
  }

  private static boolean takes(Selector selector, Pipeline pipeline) {
    return selector.pipeline().map(pipeline.name()::equals).orElse(true)
        && selector.metric().map(name -> Metric.of(pipeline, name).isPresent()).orElse(true);
  }

  private CompletionStage<Set<String>> keys(List<Pipeline> some) {
    CompletionStage<Set<String>> all = CompletableFuture.completedFuture(new LinkedHashSet<>());
    for (Pipeline each : some) {
      all = all.thenCombine(history.keys(each, "", null, MOST_KEYS), (keys, page) -> {
        page.items().stream().limit(Math.max(0, MOST_KEYS - keys.size())).forEach(keys::add);
        return keys;
      });
    }
    return all;
  }

  CompletionStage<Object> series(Arguments arguments) {
    if (arguments.all("match[]").isEmpty()) {
      throw new BadQuery("match[]: missing (expected: a selector)");
    }
    CompletionStage<Object> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (Selector selector : arguments.all("match[]").stream().map(Selector::parse).toList()) {
      for (Pipeline pipeline : named(List.of(selector)).toList()) {
        all = all.thenCombine(selector.keys().isEmpty() ? keys(List.of(pipeline)) : CompletableFuture.completedFuture(selector.keys()),
            (found, keys) -> with(found, selector, pipeline, keys));
      }
    }
    return all;
  }

  private static Object with(Object found, Selector selector, Pipeline pipeline, Set<String> keys) {
    @SuppressWarnings("unchecked")
    List<Object> series = (List<Object>) found;
    Metric.all(pipeline).stream().filter(metric -> selector.metric().map(metric.name()::equals).orElse(true))
        .forEach(metric -> keys.stream().limit(Math.max(0, MOST_KEYS - series.size())).forEach(key -> series.add(metric.labels(key))));
    return series;
  }

  CompletionStage<Object> metadata(Arguments arguments) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    pipelines.stream().flatMap(each -> Metric.all(each).stream())
        .filter(metric -> arguments.all("metric").isEmpty() || arguments.all("metric").contains(metric.name()))
        .forEach(metric -> metadata.putIfAbsent(metric.name(), List.of(Map.of("type", "gauge", "help", metric.help(), "unit", ""))));
    return CompletableFuture.completedFuture(metadata);
  }
}
