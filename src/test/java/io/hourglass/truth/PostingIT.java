package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Services;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What is posted is counted, and read by who has posted it; what is refused or late is told. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static NodeProcess node;
  private static Feed feed;
  private static Api api;

  @BeforeAll
  static void start() {
    feed = new Feed(Services.kafka());
    feed.topics("posting-fields", "posting-keyed", "posting-small", "posting-old");
    takesNoMoreThan("posting-small", 20_000);
    node = Services.node("posting").configuration(Checkout.path("src/test/resources/posting.conf")).property("hourglass.cassandra.create-schema", "on");
    node.start();
    api = new Api(node.api());
  }

  @AfterAll
  static void stop() {
    feed.close();
    node.stop();
  }

  private static void takesNoMoreThan(String topic, int bytes) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", Services.kafka().bootstrap()))) {
      AlterConfigOp most = new AlterConfigOp(new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(most))).all()
          .toCompletionStage().toCompletableFuture().join();
    }
  }

  private static HttpResponse<String> post(String path, String type, byte[] body, String encoding) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.api() + "/v1/pipelines/" + path)).timeout(Duration.ofSeconds(30))
        .header("Content-Type", type).header("Content-Encoding", encoding).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode accepted(String path, String type, String body) throws Exception {
    return accepted(post(path, type, body.getBytes(StandardCharsets.UTF_8), "identity"));
  }

  private static JsonNode accepted(HttpResponse<String> answer) {
    assertEquals(202, answer.statusCode(), answer.body());
    return Api.parse(answer.body());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static String event(String key, String time) {
    return "{\"key\":\"" + key + "\",\"ts\":\"2026-01-01T" + time + "Z\",\"value\":1}";
  }

  /** How many events the newest window of a key holds, once it has seen what was posted. */
  private static int count(String pipeline, String key, JsonNode posted) {
    return api.get("/v1/pipelines/" + pipeline + "/entities/" + key + "?at=" + Api.encoded(posted.get("at").asText())).at("/windows/0/count").asInt();
  }

  @Test
  @Order(1)
  void whoPostsReadsItAtOnce() throws Exception {
    assertEquals(1, count("posting-fields", "a", accepted("posting-fields/events", JSON, event("a", "10:00:00"))));
    List<String> keys = IntStream.range(0, 40).mapToObj(n -> "k" + n % 20).toList();
    JsonNode array = accepted("posting-fields/events", JSON,
        keys.stream().map(key -> event(key, "10:00:01")).collect(Collectors.joining(",", "[", "]")));
    assertEquals(40, array.get("accepted").asInt());
    for (String key : keys.subList(0, 20)) {
      assertEquals(2, count("posting-fields", key, array), key);
    }
    assertEquals(1, count("posting-fields", "a", array), "a key that is not in it waits for nothing");
    JsonNode lines = accepted(post("posting-fields/events", LINES, gzip(event("a", "10:00:02") + "\n{\"ts\":0}\n" + event("k1", "10:00:02") + "\n"), "gzip"));
    assertEquals("2 no-key", lines.at("/rejected/0/line").asInt() + " " + lines.at("/rejected/0/reason").asText());
    assertEquals(List.of(2, 3), List.of(count("posting-fields", "a", lines), count("posting-fields", "k1", lines)));
    String window = "/v1/pipelines/posting-fields/entities/k1/windows/2026-01-01T10:00:00Z?at=" + Api.encoded(lines.get("at").asText());
    assertEquals(3, api.get(window).get("count").asInt());
  }

  /** No key ever sees what is not its own: it is waited for until it is durable. */
  @Test
  @Order(2)
  void aPointThatNamesNoKeysHoldsForAny() throws Exception {
    String body = IntStream.range(0, 3_000).mapToObj(n -> event("m" + n, "10:00:03")).collect(Collectors.joining("\n"));
    JsonNode many = accepted("posting-fields/events", LINES, body);
    assertEquals(3_000, many.get("accepted").asInt());
    assertTrue(many.get("at").asText().matches("[\\w-]+:\\d+(,[\\w-]+:\\d+){3}"), many.get("at").asText());
    for (String key : List.of("m0", "m1500", "m2999")) {
      assertEquals(1, count("posting-fields", key, many), key);
    }
    String at = Api.encoded(many.get("at").asText());
    assertEquals(404, api.response("/v1/pipelines/posting-fields/entities/nobody?at=" + at).statusCode());
    HttpResponse<String> tooFar = api.response("/v1/pipelines/posting-fields/entities/m0?timeout=300ms&at=" + at.replaceAll("%3A\\d+", "%3A99999999"));
    assertEquals(503, tooFar.statusCode(), tooFar.body());
    assertEquals("1", tooFar.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(400, api.response("/v1/pipelines/posting-fields/entities/m0?at=yesterday").statusCode());
  }

  @Test
  @Order(3)
  void whatIsRefusedIsADeadLetterWithItsPosition() throws Exception {
    long before = api.all("/v1/pipelines/posting-keyed/dead-letters").size();
    assertEquals(0, before);
    feed.send("posting-keyed", "k", "{\"ts\":");
    feed.send("posting-keyed", "k", "{\"value\":1}");
    feed.send("posting-keyed", null, "\u00fc");
    feed.flush();
    Await.until("three dead letters", PATIENCE, () -> api.all("/v1/pipelines/posting-keyed/dead-letters").size() == 3);
    JsonNode letter = api.all("/v1/pipelines/posting-keyed/dead-letters?reason=no-timestamp").get(0);
    assertEquals("posting-keyed {\"value\":1} utf-8 k", letter.get("topic").asText() + " " + letter.get("value").asText() + " "
        + letter.get("valueEncoding").asText() + " " + letter.get("key").asText());
    JsonNode first = api.get("/v1/pipelines/posting-keyed/dead-letters?limit=1");
    assertTrue(first.get("next").isTextual());
    List<JsonNode> paged = new ArrayList<>();
    first.get("items").forEach(paged::add);
    for (JsonNode page = first; page.get("next").isTextual();) {
      page = api.get("/v1/pipelines/posting-keyed/dead-letters?limit=1&cursor=" + page.get("next").asText());
      page.get("items").forEach(paged::add);
    }
    assertEquals(api.all("/v1/pipelines/posting-keyed/dead-letters"), paged);
    JsonNode cut = paged.stream().filter(each -> each.get("value").asText().equals("{\"ts\":")).findFirst().orElseThrow();
    assertEquals(cut.get("partition"), letter.get("partition"));
    assertEquals(cut.get("offset").asLong() + 1, letter.get("offset").asLong());
    Await.until("they are counted", PATIENCE, () -> api.get("/v1/pipelines/posting-keyed").get("refused").asInt() == 3);
  }

  @Test
  @Order(4)
  void whatIsLateIsTold() throws Exception {
    String path = "posting-keyed/events?key=late";
    accepted(path, LINES, event("x", "10:00:00") + "\n" + event("x", "14:00:00"));
    JsonNode posted = accepted(path, JSON, event("x", "10:30:00"));
    assertEquals(1, api.get("/v1/pipelines/posting-keyed/entities/late?at=" + Api.encoded(posted.get("at").asText())).get("late").asInt());
    Await.until("it is in the list", PATIENCE, () -> api.all("/v1/pipelines/posting-keyed/late?key=late").size() == 1);
    JsonNode late = api.all("/v1/pipelines/posting-keyed/late").get(0);
    assertEquals(event("x", "10:30:00"), late.get("value").asText());
    assertEquals("late 2026-01-01T10:00:00Z", late.get("key").asText() + " " + late.at("/window/start").asText());
    assertTrue(posted.get("at").asText().contains("-" + late.get("partition") + ":" + late.get("offset") + "~"), posted + " " + late);
    assertEquals(0, api.all("/v1/pipelines/posting-keyed/late?key=other").size());
    Await.until("it is counted", PATIENCE, () -> api.get("/v1/pipelines/posting-keyed").get("late").asInt() == 1);
  }

  /** Three hours are a day; beyond retention the day stays what it was. */
  @Test
  @Order(5)
  void aDayOutlivesItsHours() throws Exception {
    accepted("posting-old/events", LINES, event("a", "10:00:00") + "\n" + event("a", "11:00:00") + "\n" + event("a", "11:00:01") + "\n" + event("a", "12:30:00"));
    accepted("posting-old/events", JSON, event("a", "10:00:00").replace("2026-01-01", "2026-01-02"));
    String days = "/v1/pipelines/posting-old/entities/a/windows?resolution=day";
    Await.until("the day is over", PATIENCE, () -> api.response(days).body().contains("closed"));
    JsonNode before = api.get(days).at("/items/1");
    assertEquals("4 in 3 windows", before.get("count") + " in " + before.get("windows") + " windows");
    accepted("posting-old/events", JSON, event("a", "10:00:00").replace("2026-01-01", "2026-01-04"));
    Await.until("three windows are folded", PATIENCE,
        () -> api.response("/metrics").body().contains("hourglass_windows_folded_total{pipeline=\"posting-old\"} "));
    Await.until("the hours are gone", PATIENCE, () -> api.response("/v1/pipelines/posting-old/windows/2026-01-01T11:00:00Z").statusCode() == 404);
    JsonNode after = api.get(days).at("/items/2");
    assertEquals(before.get("start"), after.get("start"));
    assertEquals(before.get("windows"), after.get("windows"));
    assertEquals(before.get("measures"), after.get("measures"));
    assertEquals(4, api.get(days.replace("=day", "=month")).at("/items/0/count").asInt() - 2);
  }

  @Test
  @Order(6)
  void hostileBodiesAreNoFaultOfOurs() throws Exception {
    assertEquals(413, post("posting-fields/events", JSON, new byte[10 << 20], "identity").statusCode());
    assertEquals(413, post("posting-fields/events", JSON, gzip(" ".repeat(100 << 20)), "gzip").statusCode());
    assertEquals(400, post("posting-fields/events", JSON, new byte[0], "identity").statusCode());
    assertEquals(400, post("posting-fields/events", JSON, "{}".getBytes(StandardCharsets.UTF_8), "gzip").statusCode());
    String large = event("a", "10:00:00").replace("}", ",\"x\":\"" + "x".repeat(40_000) + "\"}");
    JsonNode some = accepted("posting-small/events", LINES, event("a", "10:00:00") + "\n" + large + "\n" + event("a", "10:00:01"));
    assertEquals("2 of 3, 2 too-large", some.get("accepted") + " of 3, " + some.at("/rejected/0/line") + " " + some.at("/rejected/0/reason").asText(), some.toString());
    assertEquals(2, count("posting-small", "a", some));
    HttpResponse<String> absent = post("posting-absent/events?key=k", JSON, event("a", "10:00:00").getBytes(StandardCharsets.UTF_8), "identity");
    assertEquals(503, absent.statusCode(), absent.body());
    assertTrue(absent.body().contains("posting-absent"), absent.body());
  }

  @Test
  @Order(7)
  void whileKafkaIsAwayThatIsSaidInTime() throws Exception {
    Services.kafka().pause();
    try {
      for (HttpResponse<String> answer : List.of(
          post("posting-fields/events", JSON, event("a", "10:00:04").getBytes(StandardCharsets.UTF_8), "identity"),
          api.response("/v1/pipelines/posting-keyed/dead-letters"))) {
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
      }
      assertEquals(3, api.get("/v1/pipelines/posting-keyed").get("refused").asInt(), "as it was known");
    } finally {
      Services.kafka().resume();
    }
    Await.until("it goes on", PATIENCE, () -> api.response("/v1/pipelines/posting-keyed/late").statusCode() == 200);
    assertEquals(202, post("posting-fields/events", JSON, event("a", "10:00:05").getBytes(StandardCharsets.UTF_8), "identity").statusCode());
  }
}
