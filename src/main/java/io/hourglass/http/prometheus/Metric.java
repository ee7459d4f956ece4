package io.hourglass.http.prometheus;

import io.hourglass.query.Criterion;
import io.hourglass.settings.Pipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A number that a pipeline keeps of each window, under a name that Prometheus takes: {@code count}, {@code bytes_sum}. */
record Metric(String name, Pipeline pipeline, Criterion criterion) {

  static List<Metric> all(Pipeline pipeline) {
    return Criterion.all(pipeline).stream().map(each -> new Metric(name(each.text()), pipeline, each)).toList();
  }

  static Optional<Metric> of(Pipeline pipeline, String name) {
    return all(pipeline).stream().filter(each -> each.name.equals(name)).findFirst();
  }

  private static String name(String text) {
    String plain = text.replaceAll("[^a-zA-Z0-9_:]", "_");
    return Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  Map<String, String> labels(String key) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("__name__", name);
    labels.put("pipeline", pipeline.name());
    labels.put("key", key);
    return labels;
  }

  String help() {
    return criterion.text() + " of a window of " + pipeline.window().sizeMs() / 1_000 + " s";
  }
}
