package io.hourglass.gatling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Gatling measured itself, from the {@code stats.json} of its report. */
final class Stats {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> requests;

  private Stats(JsonNode report) {
    requests = StreamSupport.stream(report.path("contents").spliterator(), false).map(each -> each.path("stats")).toList();
  }

  /** @param results the directory of a scenario's results, with one report in it */
  static Stats read(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      Path file = files.filter(each -> each.endsWith(Path.of("js", "stats.json"))).findFirst()
          .orElseThrow(() -> new IllegalStateException("no report of Gatling in " + results));
      return new Stats(JSON.readTree(file.toFile()));
    }
  }

  /** Answers to the requests of this name. */
  Figure figure(String name) {
    JsonNode stats = requests.stream().filter(each -> each.path("name").asText().equals(name)).findFirst()
        .orElseThrow(() -> new IllegalStateException("no request was made: " + name));
    return new Figure(name, number(stats, "numberOfRequests"), number(stats, "percentiles1"), number(stats, "percentiles3"),
        number(stats, "percentiles4"), number(stats, "maxResponseTime"), stats.path("numberOfRequests").path("ko").asLong(), "");
  }

  /** Of the answers that were as they must be. */
  private static long number(JsonNode stats, String field) {
    return stats.path(field).path("ok").asLong();
  }

  /** Requests, connections and closes that failed, warm-up included, each kind in words. */
  List<String> failures() {
    return requests.stream().filter(each -> each.path("numberOfRequests").path("ko").asLong() > 0)
        .map(each -> "%s: %,d of %,d failed".formatted(each.path("name").asText(), each.path("numberOfRequests").path("ko").asLong(),
            each.path("numberOfRequests").path("total").asLong()))
        .toList();
  }
}
