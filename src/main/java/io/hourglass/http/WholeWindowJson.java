package io.hourglass.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hourglass.query.RankedKey;
import io.hourglass.query.Ranking;
import io.hourglass.query.WholeWindow;
import io.hourglass.settings.Pipeline;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A window of all keys as it goes out. */
final class WholeWindowJson {
  private static final int MOST_NAMED = 10;

  private final Pipeline pipeline;
  private final long start;
  private final WholeWindow window;
  private final boolean closed;

  /** @param closed what a window without any key is */
  WholeWindowJson(Pipeline pipeline, long start, WholeWindow window, boolean closed) {
    this.pipeline = pipeline;
    this.start = start;
    this.window = window;
    this.closed = closed;
  }

  record RankedJson(String key, Object value, String state, long count) {

    static RankedJson of(RankedKey key) {
      boolean whole = key.value() == Math.rint(key.value()) && Math.abs(key.value()) < 1L << 53;
      return new RankedJson(key.key(), whole ? (Object) (long) key.value() : (Object) key.value(), told(key.closed()), key.count());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MissingJson(Integer shard, String node, Long keys, String reason) {

    static MissingJson of(WholeWindow.Missing missing) {
      return new MissingJson(missing.shard(), missing.node(), missing.keys(), missing.reason());
    }

    String text() {
      return (shard == null ? "node " + node : "shard " + shard) + (keys == null ? "" : ", " + keys + " keys") + ": " + reason;
    }
  }

  /** This one. @throws Problem.Refusal 503, when keys are missing */
  WholeWindowJson whole() {
    if (!window.complete()) {
      String missing = window.missing().stream().limit(MOST_NAMED).map(MissingJson::of).map(MissingJson::text).collect(Collectors.joining("; "));
      int more = window.missing().size() - MOST_NAMED;
      throw Problem.unavailable("not complete: " + missing + (more > 0 ? "; and " + more + " more" : "") + " (as application/json the answer tells what is there)").refusal();
    }
    return this;
  }

  List<RankedJson> items() {
    return window.ranked().stream().map(RankedJson::of).toList();
  }

  Map<String, Object> ranked(Ranking ranking) {
    Map<String, Object> told = named();
    told.put("by", ranking.by());
    told.put("order", ranking.descending() ? "desc" : "asc");
    told.put("items", items());
    told.put("keys", window.keys());
    complete(told);
    return told;
  }

  Map<String, Object> merged() {
    Map<String, Object> told = named();
    told.put("keys", window.keys());
    told.put("open", window.open());
    told.put("count", window.total().count());
    told.put("late", window.total().late());
    Map<String, Map<String, Object>> measures = new LinkedHashMap<>();
    window.total().measures().forEach((name, measure) -> measures.put(name, WindowJson.measure(measure)));
    told.put("measures", measures);
    told.put("leftOut", window.total().leftOut());
    complete(told);
    return told;
  }

  private Map<String, Object> named() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("pipeline", pipeline.name());
    told.put("start", Instant.ofEpochMilli(start));
    told.put("end", Instant.ofEpochMilli(pipeline.window().endOf(start)));
    told.put("state", state());
    return told;
  }

  private String state() {
    if (window.keys() == 0) {
      return told(closed);
    }
    return window.open() > 0 && window.open() < window.keys() ? "mixed" : told(window.open() == 0);
  }

  private static String told(boolean closed) {
    return closed ? "closed" : "open";
  }

  private void complete(Map<String, Object> told) {
    told.put("complete", window.complete());
    told.put("missing", window.missing().stream().map(MissingJson::of).toList());
  }
}
