package io.hourglass.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each {@code dim} of a stream came, by key and hour, and the judge of {@code top}: exact with few, within the error it tells with many. */
record FrequentTruth(Map<String, Map<String, Long>> counts) {
  private static final int FEW = 256;
  private static final int TOLD = 10;
  private static final long HOUR = 3_600_000;

  static FrequentTruth of(List<SampleStream.Line> lines) {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    for (SampleStream.Line line : lines) {
      String id = line.key() + "@" + java.time.Instant.ofEpochMilli(line.timestamp() / HOUR * HOUR);
      JsonNode dim = Api.parse(line.text()).path("dim");
      if (!dim.isMissingNode() && !dim.isNull()) {
        counts.computeIfAbsent(id, any -> new HashMap<>()).merge(dim.asText(), 1L, Long::sum);
      }
    }
    return new FrequentTruth(counts);
  }

  /** What differs from the truth, a line each; empty when nothing does. */
  List<String> judge(List<JsonNode> windows) {
    List<String> wrong = new ArrayList<>();
    for (JsonNode window : windows) {
      String id = window.get("key").asText() + "@" + window.get("start").asText();
      judge(id, counts.getOrDefault(id, Map.of()), window.at("/measures/dim/top"), wrong);
    }
    return wrong;
  }

  private static void judge(String id, Map<String, Long> truth, JsonNode top, List<String> wrong) {
    List<Long> expected = truth.values().stream().sorted((one, other) -> Long.compare(other, one)).limit(TOLD).toList();
    if (top.size() != expected.size()) {
      wrong.add(id + ": top has " + top.size() + " (expected: " + expected.size() + ")");
      return;
    }
    for (int i = 0; i < top.size(); i++) {
      long told = top.get(i).get("count").asLong();
      long error = top.get(i).path("error").asLong();
      long count = truth.getOrDefault(top.get(i).get("value").asText(), 0L);
      boolean exact = truth.size() > FEW || error == 0 && told == expected.get(i);
      if (told > count || count > told + error || !exact) {
        wrong.add(id + ": " + top.get(i) + " (expected: " + count + ", rank " + i + " has " + expected.get(i) + ")");
      }
    }
  }
}
