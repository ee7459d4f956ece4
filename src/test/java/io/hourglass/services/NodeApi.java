package io.hourglass.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** What the launcher asks a node over HTTP. A question that is not answered has no answer, and is no failure. */
public final class NodeApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int PAGES = 50;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI base;

  public NodeApi(URI base) {
    this.base = base;
  }

  /** The body of a 200, as JSON. */
  public Optional<JsonNode> get(String path) {
    try {
      var request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        return response.statusCode() == 200 ? Optional.of(JSON.readTree(body)) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** How many records of its topic a pipeline has read, over all partitions. */
  public OptionalLong position(String pipeline) {
    return get("/v1/pipelines/" + pipeline).map(answer -> answer.path("partitions"))
        .filter(partitions -> partitions.isArray() && partitions.size() > 0)
        .map(partitions -> OptionalLong.of(StreamSupport.stream(partitions.spliterator(), false)
            .mapToLong(NodeApi::position).sum()))
        .orElse(OptionalLong.empty());
  }

  private static long position(JsonNode partition) {
    return partition.has("position") ? partition.get("position").asLong()
        : partition.path("end").asLong() - partition.path("lag").asLong();
  }

  /** How many alerts it keeps. */
  public OptionalLong alerts() {
    var count = 0L;
    var cursor = "";
    for (var page = 0; page < PAGES; page++) {
      var answer = get("/v1/alerts?limit=1000" + cursor);
      if (answer.isEmpty()) {
        return page == 0 ? OptionalLong.empty() : OptionalLong.of(count);
      }
      count += answer.get().path("items").size();
      var next = answer.get().path("next");
      if (next.isNull() || next.isMissingNode()) {
        break;
      }
      cursor = "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8);
    }
    return OptionalLong.of(count);
  }
}
