package io.hourglass.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The true windows of a stream, by key and hour, and the judge: count, min, max exactly; sum, mean, stddev
 * within 1e-9 relative; quantiles within 1 % of the interval between nearest rank and linear
 * interpolation; distinct within 3 %.
 */
record TruthFile(Map<String, Map<String, String>> windows) {
  private static final double EXACT = 0;
  private static final double ROUNDED = 1e-9;
  private static final double QUANTILE = 0.01 + 1e-9;
  private static final double DISTINCT = 0.03;

  static TruthFile parse(List<String> lines) {
    List<String> header = cells(lines.get(0));
    Map<String, Map<String, String>> windows = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      Map<String, String> window = new HashMap<>();
      for (int i = 0; i < header.size(); i++) {
        window.put(header.get(i), cells.get(i));
      }
      windows.put(id(window.get("key"), window.get("hour_utc")), window);
    }
    return new TruthFile(windows);
  }

  /** RFC 4180: commas in quotes, quotes doubled. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char each = line.charAt(i);
      if (each == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(line.charAt(i++));
      } else if (each == '"') {
        quoted = !quoted;
      } else if (each == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(each);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static String id(String key, String hour) {
    return key + "@" + hour;
  }

  /** What differs from the truth, a line each; empty when nothing does. */
  List<String> judge(List<JsonNode> found) {
    List<String> wrong = new ArrayList<>();
    Map<String, JsonNode> byId = new HashMap<>();
    for (JsonNode window : found) {
      String id = id(window.get("key").asText(), window.get("start").asText());
      if (byId.put(id, window) != null) {
        wrong.add(id + ": twice");
      }
      if (!windows.containsKey(id)) {
        wrong.add(id + ": not in the truth, count " + window.get("count"));
      }
    }
    windows.forEach((id, truth) -> judge(id, truth, byId.get(id), wrong));
    return wrong;
  }

  private static void judge(String id, Map<String, String> truth, JsonNode window, List<String> wrong) {
    if (window == null) {
      wrong.add(id + ": missing, count " + truth.get("count"));
      return;
    }
    JsonNode value = window.at("/measures/value");
    near(id, "count", window.get("count").asDouble(), truth, EXACT, wrong);
    near(id, "min", value.get("min").asDouble(), truth, EXACT, wrong);
    near(id, "max", value.get("max").asDouble(), truth, EXACT, wrong);
    near(id, "sum", value.get("sum").asDouble(), truth, ROUNDED, wrong);
    near(id, "mean", value.get("mean").asDouble(), truth, ROUNDED, wrong);
    near(id, "stddev_pop", value.get("stddev").asDouble(), truth, ROUNDED, wrong);
    for (String quantile : List.of("p50", "p95", "p99")) {
      between(id, quantile, value.get(quantile).asDouble(), truth, wrong);
    }
    double distinct = Double.parseDouble(truth.get("distinct_dim"));
    double counted = window.at("/measures/dim/distinct").asDouble();
    if (Math.abs(counted - distinct) > DISTINCT * distinct) {
      wrong.add(id + ": distinct " + counted + " (expected: " + distinct + ")");
    }
  }

  private static void near(String id, String name, double found, Map<String, String> truth, double tolerance, List<String> wrong) {
    double expected = Double.parseDouble(truth.get(name));
    if (Math.abs(found - expected) > tolerance * Math.max(1, Math.abs(expected))) {
      wrong.add(id + ": " + name + " " + found + " (expected: " + expected + ")");
    }
  }

  private static void between(String id, String name, double found, Map<String, String> truth, List<String> wrong) {
    double one = Double.parseDouble(truth.get(name + "_nr"));
    double other = Double.parseDouble(truth.get(name + "_lin"));
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    double outside = Math.max(0, Math.max(low - found, found - high));
    if (outside > QUANTILE * Math.max(Math.abs(low), Math.abs(high))) {
      wrong.add(id + ": " + name + " " + found + " (expected: " + low + " to " + high + ")");
    }
  }
}
