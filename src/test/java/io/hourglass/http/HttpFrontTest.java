package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.hourglass.alert.Alert;
import io.hourglass.alert.Mark;
import io.hourglass.query.ClusterState;
import io.hourglass.query.FiringAlerts;
import io.hourglass.query.PartitionStatus;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.store.Samples;
import io.hourglass.store.Summand;
import io.hourglass.window.KeyResult;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.SeenOffset;
import io.hourglass.window.Source;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {
  private static final long HOUR = 3_600_000;
  private static final long TEN = Instant.parse("1995-08-01T10:00:00Z").toEpochMilli();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pipeline CLICKS = Samples.hourly("clicks", "UTC");
  private static final ClusterState CLUSTER = new ClusterState("n1", "n1",
      List.of(new ClusterState.Member("n1", Long.MIN_VALUE, "0.1.0+2-release", "up", true, List.of()),
          new ClusterState.Member("n2", 7, "0.1.0+3-release", "leaving", false, List.of("ingest"))),
      List.of(new ClusterState.Placement("clicks", 4,
          List.of(new ClusterState.Holding("n1", new TreeMap<>(Map.of(2, 5, 0, 1)), List.of(1)), new ClusterState.Holding("n2", Map.of(), List.of())),
          List.of(1, 3), List.of(0), List.of("n2"))));
  private static final Map<String, KeyResult> LIVE = new ConcurrentHashMap<>();
  private static final FakeHistory HISTORY = new FakeHistory();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static ActorSystem<Void> system;
  private static ServerBinding binding;

  @BeforeAll
  static void start() {
    system = ActorSystem.create(Behaviors.empty(), "front", ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING")
        .withFallback(ConfigFactory.load()));
    FiringAlerts firing = (pipeline, key, raised) -> alert(key);
    ApiRoutes routes = new ApiRoutes(system, List.of(CLICKS, Samples.bytes("berlin", "Europe/Berlin")), new FakeKeys(LIVE), new FakeKeys(LIVE), HISTORY,
        pipeline -> CompletableFuture.completedFuture(List.of(
            new PartitionStatus(0, "n1", TEN, 5, 4, 7), new PartitionStatus(1, "n1", null, 0, 0, 0))),
        firing, () -> CompletableFuture.completedFuture(CLUSTER),
        alert -> alert.key().equals("muted") ? new Mark(List.of("s1"), List.of()) : Mark.NONE, new FakeRules(), List.of());
    binding = HttpFront.start(system, http(0), routes.sealed()).toCompletableFuture().join();
  }

  @AfterAll
  static void stop() {
    system.terminate();
  }

  @BeforeEach
  void clear() {
    LIVE.clear();
    HISTORY.rows.clear();
    HISTORY.alerts.clear();
  }

  private static Settings.Http http(int port) {
    return new Settings.Http("127.0.0.1", port, Duration.ofSeconds(3));
  }

  private static Alert alert(String key) {
    return new Alert("id1", "firing", "clicks", "burst", key, "warning", "much", 1001, TEN, TEN + HOUR, TEN + 5, null, TEN + 9, "fp", "id1", Map.of(), "", null, null);
  }

  private static WindowResult window(long start, String closedBy, long count) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("sum", 12.5);
    values.put("distinct", 17.0);
    return new WindowResult(start, start + HOUR, closedBy, 1, closedBy == null ? Long.MIN_VALUE : start + HOUR, count, 0,
        Map.of("bytes", new MeasureResult(count, values, List.of())));
  }

  private static KeyResult held(WindowResult... windows) {
    return new KeyResult(List.of(new SeenOffset(new Source("T", 0), 9)), TEN, List.of(windows),
        List.of(new RaisedAlert("burst", "warning", "much", TEN, 1001, TEN + 5)), 0);
  }

  private static HttpResponse<String> ask(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path));
    return Contract.promised(CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofString()));
  }

  private static JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static JsonNode problem(int status, HttpResponse<String> answer) throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
    JsonNode problem = JSON.readTree(answer.body());
    assertEquals(status, problem.get("status").asInt());
    List.of("type", "title", "detail").forEach(name -> assertTrue(problem.get(name).isTextual(), name));
    return problem;
  }

  @Test
  void tellsPipelines() throws Exception {
    JsonNode pipeline = json("/v1/pipelines").get("items").get(1);
    assertEquals(pipeline, json("/v1/pipelines/clicks"));
    assertEquals("1995-08-01T10:00:00Z", pipeline.get("watermark").asText());
    assertEquals(2, pipeline.at("/partitions/0/lag").asInt());
    assertTrue(pipeline.at("/partitions/1/watermark").isNull());
    assertEquals("json", pipeline.at("/config/format").asText());
    assertTrue(pipeline.get("refused").isNull() && pipeline.get("late").isNull(), "Kafka has not said");
  }

  @Test
  void pagesPipelinesAndRulesByName() throws Exception {
    JsonNode first = json("/v1/pipelines?limit=1");
    assertEquals("berlin", first.at("/items/0/name").asText());
    JsonNode second = json("/v1/pipelines?limit=1&cursor=" + first.get("next").asText());
    assertEquals("clicks", second.at("/items/0/name").asText());
    assertTrue(second.get("next").isNull());
    send("PUT", "/v1/pipelines/clicks/rules/b", "{\"when\":\"window.count > 5\"}");
    send("PUT", "/v1/pipelines/clicks/rules/a", "{\"when\":\"window.count > 5\"}");
    JsonNode rules = json("/v1/pipelines/clicks/rules?limit=1");
    assertEquals("a", rules.at("/items/0/name").asText());
    assertEquals("b", json("/v1/pipelines/clicks/rules?limit=1&cursor=" + rules.get("next").asText()).at("/items/0/name").asText());
    for (String path : List.of("/v1/pipelines", "/v1/pipelines/clicks/rules")) {
      assertEquals("limit", problem(400, ask(path + "?limit=0")).get("parameter").asText());
      assertEquals("cursor", problem(400, ask(path + "?cursor=!")).get("parameter").asText());
    }
    send("DELETE", "/v1/pipelines/clicks/rules/a", "");
    send("DELETE", "/v1/pipelines/clicks/rules/b", "");
  }

  @ParameterizedTest
  @CsvSource({"http://evil.example, 403", "null, 403", "https://127.0.0.1, 403", "http://127.0.0.1:1, 403", "http://self, 200", ", 200"})
  void pagesOfOtherSitesChangeNothing(String origin, int status) throws Exception {
    String self = "127.0.0.1:" + binding.localAddress().getPort();
    String said = origin == null ? "" : "Origin: " + origin.replace("self", self) + "\r\n";
    send("PUT", "/v1/pipelines/clicks/rules/kept", "{\"when\":\"window.count > 5\"}");
    byte[] body = "{\"when\":\"window.count > 6\"}".getBytes(StandardCharsets.UTF_8);
    String put = "PUT /v1/pipelines/clicks/rules/kept HTTP/1.1\r\nHost: " + self + "\r\n" + said + "Content-Type: text/plain\r\nContent-Length: " + body.length + "\r\n";
    RawExchange.Answer answer = RawExchange.ask(binding.localAddress().getPort(), put.getBytes(StandardCharsets.US_ASCII), body);
    assertEquals(status, answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
    assertEquals(status == 403 ? "window.count > 5" : "window.count > 6", json("/v1/pipelines/clicks/rules/kept").get("when").asText());
    String read = "GET /v1/pipelines HTTP/1.1\r\nHost: " + self + "\r\n" + said;
    assertEquals(200, RawExchange.ask(binding.localAddress().getPort(), read.getBytes(StandardCharsets.US_ASCII), new byte[0]).status());
    String upgrade = "GET /v1/alerts/stream HTTP/1.1\r\nHost: " + self + "\r\n" + said + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    assertEquals(status == 403 ? 403 : 404, RawExchange.ask(binding.localAddress().getPort(), upgrade.getBytes(StandardCharsets.US_ASCII), new byte[0]).status(),
        "the stream is not in this front");
    String vouched = put + "Sec-Fetch-Site: same-origin\r\n";
    assertEquals(200, RawExchange.ask(binding.localAddress().getPort(), vouched.getBytes(StandardCharsets.US_ASCII), body).status(), "behind a proxy");
    send("DELETE", "/v1/pipelines/clicks/rules/kept", "");
  }

  @Test
  void oneTimeIsWaitedForWhatWasWrittenAndForTheClose() throws Exception {
    LIVE.put("h", held(window(TEN, null, 4)));
    CompletableFuture.delayedExecutor(700, java.util.concurrent.TimeUnit.MILLISECONDS).execute(() -> LIVE.put("h",
        new KeyResult(List.of(new SeenOffset(new Source("T", 0), 10)), TEN, List.of(window(TEN, null, 5)), List.of(), 0)));
    long begun = System.nanoTime();
    assertEquals(5, json("/v1/pipelines/clicks/entities/h/windows/" + TEN + "?at=T-0:10&wait=final&timeout=1500ms").get("count").asInt());
    assertTrue(System.nanoTime() - begun < 2_100_000_000L, "not 700 ms and 1500 ms more");
  }

  @Test
  void tellsTheCluster() throws Exception {
    assertEquals(JSON.readTree("""
        {"self":"n1","leader":"n1",
         "members":[
          {"node":"n1","uid":"-9223372036854775808","appVersion":"0.1.0+2-release","status":"up","reachable":true,"self":true,"roles":[]},
          {"node":"n2","uid":"7","appVersion":"0.1.0+3-release","status":"leaving","reachable":false,"self":false,"roles":["ingest"]}],
         "pipelines":[{"pipeline":"clicks","numberOfShards":4,
          "nodes":[{"node":"n1","shards":[0,2],"partitions":[1],"activeKeys":6},{"node":"n2","shards":[],"partitions":[],"activeKeys":0}],
          "unassignedShards":[1,3],"unreadPartitions":[0],"unanswered":["n2"]}]}"""), json("/v1/cluster"));
    problem(406, ask("/v1/cluster", "Accept", "text/csv"));
  }

  @Test
  void aWindowHasTheShapeOfTheContract() throws Exception {
    HISTORY.rows.put("h", List.of(window(TEN, "watermark", 123)));
    assertEquals(JSON.readTree("""
        {"pipeline":"clicks","key":"h","start":"1995-08-01T10:00:00Z","end":"1995-08-01T11:00:00Z","state":"closed",
         "closedBy":"watermark","revision":1,"watermark":"1995-08-01T11:00:00Z","count":123,"late":0,
         "measures":{"bytes":{"count":123,"sum":12.5,"distinct":17}}}"""),
        json("/v1/pipelines/clicks/entities/h/windows/" + TEN));
    assertTrue(ask("/v1/pipelines/clicks/entities/h/windows/" + TEN).body().startsWith("{\"pipeline\":\"clicks\",\"key\":\"h\",\"start\""));
  }

  @Test
  void anOpenWindowComesFromTheEntityAndItsUnknownWatermarkIsNull() throws Exception {
    HISTORY.rows.put("h", List.of(window(TEN, null, 0), window(TEN - HOUR, "watermark", 8)));
    LIVE.put("h", held(window(TEN, null, 4)));
    JsonNode open = json("/v1/pipelines/clicks/entities/h/windows/1995-08-01T10:00:00Z");
    assertEquals("open", open.get("state").asText());
    assertTrue(open.get("closedBy").isNull() && open.get("watermark").isNull());
    JsonNode list = json("/v1/pipelines/clicks/entities/h/windows");
    assertEquals(List.of(4, 8), List.of(list.at("/items/0/count").asInt(), list.at("/items/1/count").asInt()));
    LIVE.put("h@durable", held());
    assertEquals(1, json("/v1/pipelines/clicks/entities/h/windows?consistency=durable").get("items").size());
  }

  @Test
  void theRollingHourHasTheShapeOfAnOpenWindow() throws Exception {
    LIVE.put("h", held(window(TEN, null, 123)));
    String path = "/v1/pipelines/clicks/entities/h/rolling";
    assertEquals("{\"pipeline\":\"clicks\",\"key\":\"h\",\"start\":\"1995-08-01T10:00:00Z\",\"end\":\"1995-08-01T11:00:00Z\",\"length\":\"PT1H\",\"pane\":\"PT5M\","
        + "\"state\":\"open\",\"watermark\":null,\"count\":60,\"measures\":{\"bytes\":{\"count\":123,\"sum\":12.5,\"distinct\":17}}}", json(path).toString());
    assertEquals(json(path), json(path + "?length=1h"));
    assertEquals(25, json(path + "?length=25m").get("count").asInt());
    assertEquals("Unknown key", problem(404, ask("/v1/pipelines/clicks/entities/other/rolling")).get("title").asText());
    for (String length : List.of("0s", "7m", "2h", "soon", "-5m")) {
      assertEquals("length", problem(400, ask(path + "?length=" + length)).get("parameter").asText());
    }
  }

  @Test
  void anAlertsLifeIsToldFromItsBeginning() throws Exception {
    LIVE.put("h", held(window(TEN, null, 123), window(TEN - HOUR, "watermark", 50)));
    HISTORY.alerts.add(new Alert("r1", "resolved", "clicks", "many", "h", "warning", "much", 6, TEN, TEN + HOUR, TEN + 5, TEN + 9, TEN + 9, "fp", "f1",
        Map.of(), "", null, TEN + 1));
    send("PUT", "/v1/pipelines/clicks/rules/many", "{\"when\":\"window.count > 5\"}");
    JsonNode alert = json("/v1/alerts/r1");
    assertEquals("[{\"state\":\"pending\",\"at\":\"1995-08-01T10:00:00.001Z\"},"
        + "{\"state\":\"firing\",\"at\":\"1995-08-01T10:00:00.005Z\",\"id\":\"f1\",\"emittedAt\":\"1970-01-01T00:00:00.006Z\"},"
        + "{\"state\":\"resolved\",\"at\":\"1995-08-01T10:00:00.009Z\",\"id\":\"r1\",\"emittedAt\":\"1970-01-01T00:00:00.009Z\"}]", alert.get("life").toString());
    assertEquals("count", alert.get("measured").asText());
    assertEquals("[{\"start\":\"1995-08-01T09:00:00Z\",\"end\":\"1995-08-01T10:00:00Z\",\"value\":50.0},"
        + "{\"start\":\"1995-08-01T10:00:00Z\",\"end\":\"1995-08-01T11:00:00Z\",\"value\":123.0}]", alert.get("values").toString());
    send("DELETE", "/v1/pipelines/clicks/rules/many", "");
    assertEquals("[]", json("/v1/alerts/r1").get("values").toString(), "a rule that is gone measures nothing");
    assertEquals("Unknown alert", problem(404, ask("/v1/alerts/none")).get("title").asText());
  }

  /** Berlin's summer time ends: a day of 25 hours; hours are told as of its zone. */
  @Test
  void hoursAddUpToDaysAndMonthsOfThePipelinesZone() throws Exception {
    long first = Instant.parse("2025-10-24T22:00:00Z").toEpochMilli();
    HISTORY.rows.put("h", LongStream.range(0, 80).mapToObj(hour -> window(first + hour * HOUR, "watermark", 2)).toList());
    LIVE.put("h", held(window(first + 80 * HOUR, null, 1)));
    String path = "/v1/pipelines/berlin/entities/h/windows?resolution=";
    JsonNode days = json(path + "day").get("items");
    assertEquals("[15, 48, 50, 48]", StreamSupport.stream(days.spliterator(), false).map(each -> each.get("count").asInt()).toList().toString());
    assertEquals("2025-10-25T22:00:00Z 2025-10-26T23:00:00Z closed 25 day", line(days.get(2)));
    assertEquals("2025-10-27T23:00:00Z 2025-10-28T23:00:00Z open 8 day", line(days.get(0)));
    assertEquals(25 * 12.5, days.get(2).at("/measures/bytes/sum").asDouble());
    JsonNode page = json(path + "day&limit=1");
    assertEquals(48, json(path + "day&limit=1&cursor=" + page.get("next").asText()).at("/items/0/count").asInt());
    assertEquals("2025-09-30T22:00:00Z 2025-10-31T23:00:00Z open 81 month", line(json(path + "month").at("/items/0")));
    assertEquals(1, json(path + "day&from=2025-10-26T00:00:00%2B02:00&to=2025-10-26T01:00:00%2B02:00").get("items").size());
    assertEquals(0, json(path + "day&from=%2B292278994-08-17T07:12:55.807Z").get("items").size());
    assertEquals(0, json(path + "day&to=-292275055-05-16T16:47:04.192Z").get("items").size());
    assertEquals("resolution", problem(400, ask(path + "week")).get("parameter").asText());
    assertEquals("Unknown key", problem(404, ask("/v1/pipelines/berlin/entities/none/windows?resolution=day")).get("title").asText());
  }

  /** The newest closed window of a quiet key stays with it, also when its day has it already. */
  @Test
  void daysOutliveTheirWindows() throws Exception {
    long midnight = Instant.parse("1995-07-31T22:00:00Z").toEpochMilli();
    List<Long> starts = LongStream.range(0, 5).map(hour -> midnight + hour * HOUR).boxed().toList();
    WindowResult day = new WindowResult(midnight, midnight + 5 * HOUR, "watermark", 1, midnight + 6 * HOUR, 10, 3,
        Map.of("bytes", new MeasureResult(10, Map.of("sum", 62.5), List.of())));
    HISTORY.folded.put("old", List.of(new Summand(new StoredWindow(day, Map.of()), starts, true)));
    HISTORY.rows.put("old", List.of(window(midnight + 7 * HOUR, "watermark", 2)));
    LIVE.put("old", held(window(midnight + 4 * HOUR, "watermark", 2), window(midnight + 9 * HOUR, null, 1)));
    JsonNode days = json("/v1/pipelines/berlin/entities/old/windows?resolution=day").get("items");
    assertEquals(1, days.size());
    assertEquals("13 of 7", days.at("/0/count") + " of " + days.at("/0/windows"));
    assertEquals(62.5 + 2 * 12.5, days.at("/0/measures/bytes/sum").asDouble());
    assertEquals(13, json("/v1/pipelines/berlin/entities/old/windows?resolution=month").at("/items/0/count").asInt());
    HISTORY.folded.remove("old");
  }

  private static String line(JsonNode day) {
    return day.get("start").asText() + " " + day.get("end").asText() + " " + day.get("state").asText() + " " + day.get("windows") + " " + day.get("resolution").asText();
  }

  @Test
  void pagesWindowsByCursor() throws Exception {
    HISTORY.rows.put("h", List.of(window(TEN, "watermark", 1), window(TEN - HOUR, "watermark", 2), window(TEN - 2 * HOUR, "wallclock", 3)));
    LIVE.put("h", held(window(TEN + HOUR, null, 4)));
    String path = "/v1/pipelines/clicks/entities/h/windows?limit=2";
    JsonNode first = json(path);
    assertEquals(4, first.at("/items/0/count").asInt());
    JsonNode second = json(path + "&cursor=" + first.get("next").asText());
    assertEquals(2, second.at("/items/0/count").asInt());
    assertEquals(2, second.get("items").size());
    assertTrue(second.get("next").isNull());
    assertEquals(1, json(path + "&from=1995-08-01T09:00:00%2B00:00&to=" + TEN).get("items").size());
  }

  @ParameterizedTest
  @CsvSource({"a%2Fb, a/b", "100%25, 100%", "%3F, ?", "a+b, a+b", "a%20b, a b", "%F0%9F%98%80, \uD83D\uDE00", "a;b=c, a;b=c",
      "%252F, %2F", "%C3%BC, \u00fc", "%2E, .", "%2e%2E, ..", "%2E%2E%2E, ...", ".a, .a"})
  void keysMayHoldAnything(String encoded, String key) throws Exception {
    HISTORY.rows.put(key, List.of(window(TEN, "watermark", 1)));
    LIVE.put(key, held());
    assertEquals(key, json("/v1/pipelines/clicks/entities/" + encoded).get("key").asText());
    assertEquals(key, json("/v1/pipelines/clicks/entities/" + encoded + "/windows").at("/items/0/key").asText());
    assertEquals(key, json("/v1/pipelines/clicks/entities/" + encoded + "/windows/" + TEN).get("key").asText());
  }

  @Test
  void tellsAKey() throws Exception {
    LIVE.put("h", held(window(TEN, null, 4)));
    JsonNode key = json("/v1/pipelines/clicks/entities/h");
    assertEquals(9, key.at("/seen/T-0").asInt());
    assertEquals("burst", key.at("/alerts/0/labels/rule").asText());
    assertEquals("much", key.at("/alerts/0/annotations/summary").asText());
    assertEquals(4, key.at("/windows/0/count").asInt());
    assertEquals("Unknown key", problem(404, ask("/v1/pipelines/clicks/entities/h?consistency=durable")).get("title").asText());
  }

  @Test
  void listsKeysByPrefixAndCursor() throws Exception {
    List.of("a1", "a2", "a3", "b").forEach(key -> HISTORY.rows.put(key, List.of()));
    JsonNode page = json("/v1/pipelines/clicks/entities?prefix=a&limit=2");
    assertEquals("[\"a1\",\"a2\"]", page.get("items").toString());
    JsonNode rest = json("/v1/pipelines/clicks/entities?prefix=a&limit=2&cursor=" + page.get("next").asText());
    assertEquals("[\"a3\"]", rest.get("items").toString());
    assertEquals("\"a1\"\n\"a2\"\n\"a3\"\n\"b\"\n",
        ask("/v1/pipelines/clicks/entities", "Accept", "application/x-ndjson").body());
  }

  @Test
  void listsAlerts() throws Exception {
    HISTORY.alerts.add(alert("h"));
    JsonNode alert = json("/v1/alerts?state=firing&key=h").at("/items/0");
    assertEquals("1995-08-01T10:00:00.005Z", alert.get("startsAt").asText());
    assertTrue(alert.get("endsAt").isNull());
    assertEquals(0, json("/v1/alerts?state=resolved").get("items").size());
  }

  @Test
  void tellsAndChangesRules() throws Exception {
    assertEquals(404, ask("/v1/pipelines/clicks/rules/none").statusCode());
    assertEquals(201, send("PUT", "/v1/pipelines/clicks/rules/many", "{\"when\":\"window.count > 5\",\"for\":\"90s\",\"labels\":{\"team\":\"web\"}}").statusCode());
    JsonNode rule = json("/v1/pipelines/clicks/rules/many");
    assertEquals("window.count > 5", rule.get("when").asText());
    assertEquals("90s", rule.get("for").asText());
    assertEquals("web", rule.get("labels").get("team").asText());
    assertEquals("api", rule.get("source").asText());
    assertEquals(200, send("PUT", "/v1/pipelines/clicks/rules/many", rule.toString()).statusCode(), "what is told may be sent back");
    assertEquals("many", json("/v1/pipelines/clicks/rules").get("items").get(0).get("name").asText());
    assertEquals(204, send("DELETE", "/v1/pipelines/clicks/rules/many", "").statusCode());
    assertEquals(404, send("DELETE", "/v1/pipelines/clicks/rules/many", "").statusCode());
    assertEquals(404, send("PUT", "/v1/pipelines/none/rules/many", "{}").statusCode());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"when\":\"window.count > \"} | when: window.count >  (expected: column 16",
    "{} | when: missing (expected: a condition in CEL)",
    "{\"when\":\"window.count > 5\",\"wen\":1} | wen: 1 (expected: no such key; there is anomaly, clear",
    "{\"when\":\"window.count > 5\",\"for\":\"soon\"} | for: soon (expected: from 0s to 366d)",
    "nonsense | rule: ",
    "[1] | rule: ",
  })
  void aRuleThatIsNoneIsRefused(String body, String detail) throws Exception {
    HttpResponse<String> answer = send("PUT", "/v1/pipelines/clicks/rules/bad", body);
    assertTrue(problem(400, answer).get("detail").asText().startsWith(detail), answer.body());
  }

  private static HttpResponse<String> send(String method, String path, String body) throws Exception {
    return Contract.promised(CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path))
        .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()));
  }

  @Test
  void judgesARuleAndChangesNothing() throws Exception {
    assertEquals(204, send("POST", "/v1/pipelines/clicks/rules/tried/validate", "{\"when\":\"window.count > 5\"}").statusCode());
    assertEquals(404, ask("/v1/pipelines/clicks/rules/tried").statusCode());
    String none = "{\"when\":\"window.count > \"}";
    assertEquals(problem(400, send("PUT", "/v1/pipelines/clicks/rules/tried", none)).get("detail"),
        problem(400, send("POST", "/v1/pipelines/clicks/rules/tried/validate", none)).get("detail"));
    problem(404, send("POST", "/v1/pipelines/none/rules/tried/validate", none));
  }

  @Test
  void marksAlertsThatAreNotSent() throws Exception {
    HISTORY.alerts.addAll(List.of(alert("muted"), alert("h")));
    JsonNode alerts = json("/v1/alerts");
    assertEquals("[\"s1\"]", alerts.at("/items/0/silencedBy").toString());
    assertTrue(alerts.at("/items/1/silencedBy").isMissingNode());
    assertTrue(alerts.at("/items/0/inhibitedBy").isMissingNode());
  }

  @Test
  void listsAsCsv() throws Exception {
    HISTORY.rows.put("a,\"b", List.of(window(TEN, "watermark", 1), window(TEN - HOUR, "watermark", 2)));
    HttpResponse<String> csv = ask("/v1/pipelines/clicks/entities/a,%22b/windows?limit=1", "Accept", "text/csv");
    assertEquals("pipeline,key,start,end,state,closedBy,revision,watermark,count,late,bytes.count,bytes.sum,bytes.distinct\r\n"
        + "clicks,\"a,\"\"b\",1995-08-01T10:00:00Z,1995-08-01T11:00:00Z,closed,watermark,1,1995-08-01T11:00:00Z,1,0,1,12.5,17\r\n",
        csv.body());
    assertTrue(csv.headers().firstValue("Link").orElseThrow().contains("/windows?limit=1&cursor="), csv.headers().toString());
  }

  @Test
  void waitsForTheClose() throws Exception {
    LIVE.put("h", held(window(TEN, null, 4)));
    String path = "/v1/pipelines/clicks/entities/h/windows/" + TEN + "?wait=final&timeout=";
    assertEquals("open", json(path + "300ms").get("state").asText());
    CompletableFuture.delayedExecutor(400, java.util.concurrent.TimeUnit.MILLISECONDS)
        .execute(() -> LIVE.put("h", held(window(TEN, "watermark", 5))));
    assertEquals(5, json(path + "10s").get("count").asInt());
    problem(404, ask("/v1/pipelines/clicks/entities/h/windows/" + (TEN - 5 * HOUR) + "?wait=final&timeout=10s"));
  }

  @Test
  void aReadWaitsForWhatWasWritten() throws Exception {
    LIVE.put("h", held(window(TEN, null, 4)));
    for (String path : List.of("", "/windows", "/windows/" + TEN)) {
      String key = "/v1/pipelines/clicks/entities/h" + path;
      assertEquals(200, ask(key + "?at=T-0:9").statusCode());
      HttpResponse<String> notYet = ask(key + "?timeout=50ms&at=T-0:10");
      assertEquals("1", notYet.headers().firstValue("Retry-After").orElseThrow());
      assertTrue(problem(503, notYet).get("detail").asText().startsWith("at: h has not seen all of it in 50 ms"), notYet.body());
      assertEquals("at", problem(400, ask(key + "?at=9")).get("parameter").asText());
      assertEquals("timeout", problem(400, ask(key + "?at=T-0:9&timeout=9h")).get("parameter").asText());
    }
    problem(404, ask("/v1/pipelines/none/entities/h?at=T-0:9"));
    problem(503, ask("/v1/pipelines/clicks/entities/slow?at=T-0:9"));
  }

  @ParameterizedTest
  @CsvSource({"limit=0,limit", "limit=1001,limit", "limit=x,limit", "from=yesterday,from", "to=1995-13-01T00:00:00Z,to",
      "cursor=!,cursor", "cursor=YQ,cursor", "consistency=maybe,consistency"})
  void namesTheBadParameter(String query, String parameter) throws Exception {
    LIVE.put("h", held());
    assertEquals(parameter, problem(400, ask("/v1/pipelines/clicks/entities/h/windows?" + query)).get("parameter").asText());
  }

  @Test
  void namesTheBadPartOfAWindow() throws Exception {
    String window = "/v1/pipelines/clicks/entities/h/windows/";
    assertEquals("start", problem(400, ask(window + "noon")).get("parameter").asText());
    assertEquals("wait", problem(400, ask(window + TEN + "?wait=x")).get("parameter").asText());
    assertEquals("timeout", problem(400, ask(window + TEN + "?wait=final&timeout=9h")).get("parameter").asText());
    assertEquals("state", problem(400, ask("/v1/alerts?state=x")).get("parameter").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/v1", "/v1/pipelines/x", "/v1/pipelines/x/entities", "/v1/pipelines/clicks/entities/h",
      "/v1/pipelines/clicks/entities/h/windows", "/v1/pipelines/clicks/entities/h/windows/0", "/v1/pipelines/clicks/nothing"})
  void whatIsUnknownIsA404(String path) throws Exception {
    problem(404, ask(path));
  }

  @Test
  void everyOtherFailureIsAProblemToo() throws Exception {
    assertEquals("1", ask("/v1/pipelines/clicks/entities/slow").headers().firstValue("Retry-After").orElseThrow());
    problem(503, ask("/v1/pipelines/clicks/entities/slow/windows"));
    problem(500, ask("/v1/pipelines/clicks/entities/broken"));
    problem(406, ask("/v1/pipelines/clicks", "Accept", "text/csv"));
    problem(406, ask("/v1/pipelines", "Accept", "image/png"));
    HttpRequest delete = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + "/v1/pipelines"))
        .DELETE().build();
    HttpResponse<String> answer = CLIENT.send(delete, HttpResponse.BodyHandlers.ofString());
    problem(405, answer);
    assertEquals("GET", answer.headers().firstValue("Allow").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/pipelines/%zz", "/v1/alerts?key=%zz", "/v1/alerts?key=%ff"})
  void aMalformedPathIsAProblem(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", binding.localAddress().getPort())) {
      socket.getOutputStream().write(
          ("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!path.endsWith("%ff")) {
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
      } else {
        assertTrue(answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 200"), answer);
      }
    }
  }

  @Test
  void servesItsDocument() throws Exception {
    assertTrue(ask("/openapi.yaml").body().startsWith("openapi: 3.1.0"));
    String docs = ask("/docs").body();
    for (String part : List.of("/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/start.js")) {
      assertTrue(docs.contains('"' + part + '"'));
      assertEquals(200, ask(part).statusCode(), part);
    }
    assertTrue(ask("/docs/start.js").body().contains("/openapi.yaml"));
  }

  @Test
  void aTakenPortIsOneClearLine() {
    int taken = binding.localAddress().getPort();
    CompletionException failure = assertThrows(CompletionException.class,
        () -> HttpFront.start(system, http(taken), akka.http.javadsl.server.Directives.reject()).toCompletableFuture().join());
    assertInstanceOf(HttpFront.NotBound.class, failure.getCause());
    assertTrue(failure.getCause().getMessage().startsWith("hourglass.http: 127.0.0.1:" + taken + " (expected: a free address): "),
        failure.getCause().getMessage());
  }
}
