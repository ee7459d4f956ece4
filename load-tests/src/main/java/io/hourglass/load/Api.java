package io.hourglass.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the load test asks a node over HTTP. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final String pipeline;

  public Api(int port, String pipeline) {
    this.base = "http://127.0.0.1:" + port;
    this.pipeline = pipeline;
  }

  /** Offsets summed over the partitions. */
  public record Progress(long position, long committed, long end, int partitions) {
    boolean read() {
      return partitions > 0 && position == end;
    }

    boolean durable() {
      return read() && committed == end;
    }
  }

  /** Empty while the node is not there yet. */
  public Optional<Progress> progress() {
    return get("/v1/pipelines/" + pipeline).map(Api::json).map(answer -> {
      var partitions = answer.get("partitions");
      return new Progress(sum(partitions, "position"), sum(partitions, "committed"), sum(partitions, "end"), partitions.size());
    });
  }

  /** The group's commit by partition; empty while the node is not there yet. */
  Map<Integer, Long> committed() {
    return partitions().collect(Collectors.toMap(each -> each.get("partition").asInt(), each -> each.get("committed").asLong()));
  }

  /** Partitions that the node with this remoting port reads. */
  List<Integer> partitionsOf(int remotePort) {
    return partitions().filter(each -> each.get("node").asText().endsWith(":" + remotePort)).map(each -> each.get("partition").asInt()).toList();
  }

  private Stream<JsonNode> partitions() {
    return get("/v1/pipelines/" + pipeline).map(Api::json).stream()
        .flatMap(answer -> StreamSupport.stream(answer.get("partitions").spliterator(), false));
  }

  private static long sum(JsonNode partitions, String field) {
    return StreamSupport.stream(partitions.spliterator(), false).mapToLong(each -> each.get(field).asLong()).sum();
  }

  /** A counter of the node, 0 while it has not counted. */
  public long counter(String name) {
    var prefix = name + "{pipeline=\"" + pipeline + "\"} ";
    return get("/metrics").stream().flatMap(String::lines).filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length()))).sum();
  }

  /** All windows of a key, from durable state. */
  public CompletableFuture<JsonNode> windows(String key) {
    var path = "/v1/pipelines/" + pipeline + "/entities/" + key + "/windows?consistency=durable&limit=1000";
    return client.sendAsync(request(path), HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return json(answer.body()).get("items");
    });
  }

  private Optional<String> get(String path) {
    try {
      var answer = client.send(request(path), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30)).build();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
