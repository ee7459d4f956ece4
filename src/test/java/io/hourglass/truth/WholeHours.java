package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Hours of all keys as they follow from the events themselves, and the judge of what a node tells of them. */
final class WholeHours {
  static final long HOUR = 3_600_000;
  private static final int PLACES = 25;

  private final String pipeline;
  /** Values by key by hour. */
  private final SortedMap<Long, Map<String, List<Double>>> hours;

  WholeHours(String pipeline, List<SampleStream.Line> lines) {
    this.pipeline = pipeline;
    this.hours = new TreeMap<>(lines.stream().collect(Collectors.groupingBy(line -> Math.floorDiv(line.timestamp(), HOUR) * HOUR,
        Collectors.groupingBy(SampleStream.Line::key, Collectors.mapping(SampleStream.Line::value, Collectors.toList())))));
  }

  List<Long> all() {
    return List.copyOf(hours.keySet());
  }

  long first() {
    return hours.firstKey();
  }

  long last() {
    return hours.lastKey();
  }

  String path(long hour) {
    return "/v1/pipelines/" + pipeline + "/windows/" + Instant.ofEpochMilli(hour);
  }

  void assertRanked(Api api, long hour) {
    assertRanked(api, hour, "count", "desc", List::size);
    assertRanked(api, hour, "value.sum", "desc", values -> values.stream().mapToDouble(Double::doubleValue).sum());
    assertRanked(api, hour, "value.max", "asc", values -> values.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }

  private void assertRanked(Api api, long hour, String by, String order, ToDoubleFunction<List<Double>> value) {
    JsonNode top = api.get(path(hour) + "/top?limit=" + PLACES + "&by=" + by + "&order=" + order);
    assertTrue(top.get("complete").asBoolean() && top.get("missing").isEmpty(), top::toString);
    assertRanked(top, hour, order, value);
  }

  /** Judges an answer that says that it is complete. */
  void assertCounts(JsonNode top, long hour) {
    assertRanked(top, hour, "desc", List::size);
  }

  private void assertRanked(JsonNode top, long hour, String order, ToDoubleFunction<List<Double>> value) {
    Map<String, Double> values = hours.get(hour).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> value.applyAsDouble(each.getValue())));
    assertEquals(values.size(), top.get("keys").asInt(), top::toString);
    Comparator<Map.Entry<String, Double>> byValue = Map.Entry.comparingByValue();
    List<String> expected = values.entrySet().stream()
        .sorted((order.equals("desc") ? byValue.reversed() : byValue).thenComparing(Map.Entry.comparingByKey()))
        .limit(PLACES).map(each -> each.getKey() + "=" + each.getValue()).toList();
    assertEquals(expected, StreamSupport.stream(top.get("items").spliterator(), false)
        .map(each -> each.get("key").asText() + "=" + each.get("value").asDouble()).limit(PLACES).toList(), top::toString);
  }

  void assertAddedUp(Api api, long hour) {
    JsonNode whole = api.get(path(hour));
    assertTrue(whole.get("complete").asBoolean(), whole::toString);
    assertEquals(hours.get(hour).size(), whole.get("keys").asInt());
    assertTotal(hours.get(hour).values().stream().flatMap(List::stream), whole);
  }

  /** The days of the keys that have the most events in the last hour. */
  void assertDays(Api api, int keys) {
    hours.get(last()).entrySet().stream().sorted(Comparator.comparing(each -> -each.getValue().size())).limit(keys).forEach(each -> assertDays(api, each.getKey()));
  }

  private void assertDays(Api api, String key) {
    TreeMap<Long, List<Double>> days = new TreeMap<>(Comparator.reverseOrder());
    hours.forEach((hour, values) -> days.computeIfAbsent(Math.floorDiv(hour, 24 * HOUR), any -> new ArrayList<>()).addAll(values.getOrDefault(key, List.of())));
    days.values().removeIf(List::isEmpty);
    JsonNode told = api.get("/v1/pipelines/" + pipeline + "/entities/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "/windows?resolution=day").get("items");
    assertEquals(days.keySet().stream().map(day -> Instant.ofEpochMilli(day * 24 * HOUR).toString()).toList(),
        StreamSupport.stream(told.spliterator(), false).map(each -> each.get("start").asText()).toList());
    int place = 0;
    for (List<Double> values : days.values()) {
      assertTotal(values.stream(), told.get(place++));
    }
  }

  private static void assertTotal(Stream<Double> values, JsonNode whole) {
    double[] all = values.mapToDouble(Double::doubleValue).sorted().toArray();
    assertEquals(all.length, whole.get("count").asLong());
    JsonNode value = whole.at("/measures/value");
    assertEquals(all.length, value.get("count").asLong());
    double sum = Arrays.stream(all).sum();
    double mean = sum / all.length;
    double stddev = Math.sqrt(Arrays.stream(all).map(each -> (each - mean) * (each - mean)).sum() / all.length);
    near(sum, value.get("sum"), 1e-9);
    near(mean, value.get("mean"), 1e-9);
    near(stddev, value.get("stddev"), 1e-6);
    near(all[0], value.get("min"), 0);
    near(all[all.length - 1], value.get("max"), 0);
    for (int percent : List.of(50, 95, 99)) {
      assertTrue(value.has("p" + percent), whole::toString);
      near(all[(int) Math.max(0, Math.ceil(percent / 100.0 * all.length) - 1)], value.get("p" + percent), 0.0101);
    }
  }

  private static void near(double expected, JsonNode found, double relative) {
    assertEquals(expected, found.asDouble(), relative * Math.abs(expected));
  }
}
