package io.hourglass.load.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Questions to one node over HTTP. */
final class Asking {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 30;

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Asking(URI base) {
    this.base = base;
  }

  URI base() {
    return base;
  }

  CompletableFuture<HttpResponse<String>> ask(String path) {
    return client.sendAsync(HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks again while it is told to: 503. */
  CompletableFuture<JsonNode> json(String path) {
    return json(path, TRIES);
  }

  private CompletableFuture<JsonNode> json(String path, int tries) {
    return ask(path).thenCompose(answer -> {
      if (answer.statusCode() == 503 && tries > 0) {
        var later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
        return CompletableFuture.supplyAsync(() -> json(path, tries - 1), later).thenCompose(next -> next);
      }
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(base + path + ": " + answer.statusCode() + " " + answer.body());
      }
      return CompletableFuture.completedFuture(parse(answer.body()));
    });
  }

  /** All items of a list, page by page. */
  List<JsonNode> all(String path) {
    var items = new ArrayList<JsonNode>();
    var cursor = "";
    while (cursor != null) {
      var page = json(path + (path.contains("?") ? "&" : "?") + "limit=1000" + cursor).join();
      page.get("items").forEach(items::add);
      cursor = page.get("next").isNull() ? null
          : "&cursor=" + URLEncoder.encode(page.get("next").asText(), StandardCharsets.UTF_8);
    }
    return items;
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
