package io.hourglass.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.services.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The HTTP interface of a node, as a program outside uses it. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  /** More than any stream holds. */
  private static final long UNKNOWN = Integer.MAX_VALUE;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;

  Api(URI base) {
    this.base = base;
  }

  static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }

  HttpResponse<String> response(String path) {
    return send("GET", path, "");
  }

  HttpResponse<String> send(String method, String path, String body) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30))
          .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks again when it is told to: 503 with Retry-After. */
  JsonNode get(String path) {
    HttpResponse<String> response = response(path);
    for (int tries = 0; response.statusCode() == 503 && tries < 30; tries++) {
      Await.pause(Duration.ofSeconds(1));
      response = response(path);
    }
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
    }
    return parse(response.body());
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All items of a list, page by page. */
  List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + cursor);
      page.get("items").forEach(items::add);
      cursor = page.get("next").isNull() ? null : "&cursor=" + encoded(page.get("next").asText());
    } while (cursor != null);
    return items;
  }

  /** Every window of every key that holds an event. */
  List<JsonNode> windows(String pipeline) {
    return all("/v1/pipelines/" + pipeline + "/entities").parallelStream()
        .flatMap(key -> all("/v1/pipelines/" + pipeline + "/entities/" + encoded(key.asText()) + "/windows").stream())
        .filter(window -> window.get("count").asLong() > 0)
        .toList();
  }

  /**
   * Records of the pipeline that are not durable yet, as the node tells, before the ends that Kafka tells: what the node
   * knows of those is as old as its last look.
   */
  long open(String pipeline, Map<Integer, Long> ends) {
    Map<Integer, Long> committed = new HashMap<>();
    get("/v1/pipelines/" + pipeline).get("partitions")
        .forEach(each -> committed.put(each.get("partition").asInt(), each.get("committed").asLong()));
    return ends.entrySet().stream()
        .mapToLong(end -> committed.containsKey(end.getKey()) ? end.getValue() - committed.get(end.getKey()) : UNKNOWN)
        .sum();
  }
}
