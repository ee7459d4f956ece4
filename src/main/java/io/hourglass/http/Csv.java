package io.hourglass.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Items as CSV (RFC 4180) with a header. Members of members become columns, {@code bytes.sum}; the names
 * {@code measures}, {@code labels} and {@code annotations} are left out of them. An item that is a text is a {@code key}.
 */
final class Csv {
  private static final Set<String> LEFT_OUT = Set.of("measures", "labels", "annotations");

  private Csv() {}

  static byte[] bytes(List<JsonNode> items) {
    List<Map<String, String>> rows = items.stream().map(Csv::row).toList();
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    StringBuilder csv = new StringBuilder(line(List.copyOf(columns)));
    rows.forEach(row -> csv.append(line(columns.stream().map(column -> row.getOrDefault(column, "")).toList())));
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> row(JsonNode item) {
    Map<String, String> row = new LinkedHashMap<>();
    flatten("", item, row);
    return row;
  }

  private static void flatten(String name, JsonNode value, Map<String, String> into) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        flatten(name(name, each.getKey()), each.getValue(), into);
      }
    } else {
      into.put(name.isEmpty() ? "key" : name, value.isNull() ? "" : value.isArray() ? value.toString() : value.asText());
    }
  }

  private static String name(String parent, String child) {
    return parent.isEmpty() || LEFT_OUT.contains(parent) ? child : parent + "." + child;
  }

  private static String line(List<String> fields) {
    return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
