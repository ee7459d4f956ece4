package io.hourglass.http.prometheus;

import io.hourglass.query.LiveKeys;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers to the queries, each as the {@code data} of an answer. */
final class PrometheusQueries {
  private static final long MOST_STEPS = 11_000;
  /** Of all keys of a query together, windows that are read as well as samples that are told. */
  private static final long MOST_WINDOWS = 200_000;
  private static final String NUMBER = "\\s*+(-?\\d++(?:\\.\\d++)?)\\s*+";
  /** What data sources ask to see whether anybody is there. */
  private static final Pattern SUM = Pattern.compile(NUMBER + "(?:\\+" + NUMBER + ")?");

  private final List<Pipeline> pipelines;
  private final HitWindows windows;
  private final Duration patience;
  private final InstantSource clock;

  /** @param patience for how long a query may read */
  PrometheusQueries(List<Pipeline> pipelines, LiveKeys live, History history, Duration patience, InstantSource clock) {
    this.pipelines = pipelines;
    this.windows = new HitWindows(live, history);
    this.patience = patience;
    this.clock = clock;
  }

  CompletionStage<Object> range(Arguments arguments) {
    Steps steps = new Steps(arguments.time("start"), arguments.time("end"), arguments.step());
    if (steps.to() < steps.from()) {
      throw new BadQuery("end: before start");
    }
    if (steps.count() - 1 > MOST_STEPS) {
      throw new BadQuery("step: " + (steps.count() - 1) + " points (expected: at most " + MOST_STEPS + "; a longer step)");
    }
    return series(arguments.text("query"), steps, samples -> {
      List<List<Object>> values = samples.at(steps);
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
    return series(arguments.text("query"), Steps.at(at), samples -> Optional.ofNullable(samples.at(at)).map(sample -> Map.entry("value", sample)))
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

  private CompletionStage<List<Object>> series(String query, Steps steps, Told told) {
    Selector selector = Selector.parse(query);
    Pipeline pipeline = pipeline(selector);
    if (selector.metric().isEmpty() || selector.keys().isEmpty()) {
      throw new BadQuery("query: " + query + " (expected: a metric and a key, such as count{pipeline=\"" + pipeline.name() + "\",key=\"a\"})");
    }
    bound(selector.keys().size(), Math.max(steps.windows(pipeline), steps.count()));
    Optional<Metric> metric = Metric.of(pipeline, selector.metric().get());
    CompletionStage<List<Object>> all = CompletableFuture.completedFuture(new ArrayList<>());
    if (metric.isPresent()) {
      Deadline deadline = Deadline.in(patience);
      for (String key : selector.keys()) {
        all = all.thenCompose(found -> windows.into(new Samples(metric.get().criterion(), clock.millis()), pipeline, key, steps, deadline).thenApply(samples -> {
          told.of(samples).ifPresent(values -> found.add(series(metric.get(), key, values)));
          return found;
        }));
      }
    }
    return all;
  }

  private static void bound(int keys, long windows) {
    if (keys * windows > MOST_WINDOWS) {
      throw new BadQuery("start, end: " + windows + " windows of " + keys + " keys (expected: at most " + MOST_WINDOWS + " together; a longer step, or fewer keys)");
    }
  }

  private static Map<String, Object> series(Metric metric, String key, Map.Entry<String, ?> values) {
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("metric", metric.labels(key));
    series.put(values.getKey(), values.getValue());
    return series;
  }

  private Pipeline pipeline(Selector selector) {
    if (selector.pipeline().isEmpty() && pipelines.size() == 1) {
      return pipelines.get(0);
    }
    String name = selector.pipeline().orElseThrow(() -> new BadQuery("pipeline: missing (expected: pipeline=\"…\", as there are several)"));
    return pipelines.stream().filter(each -> each.name().equals(name)).findFirst()
        .orElseThrow(() -> new BadQuery("pipeline: " + name + " (expected: one of " + pipelines.stream().map(Pipeline::name).toList() + ")"));
  }
}
