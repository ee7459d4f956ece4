package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.hourglass.alert.Mark;
import io.hourglass.query.LiveKeys;
import io.hourglass.query.PartitionStatus;
import io.hourglass.query.Progress;
import io.hourglass.query.RankedKey;
import io.hourglass.query.Ranking;
import io.hourglass.query.WholeWindow;
import io.hourglass.query.WholeWindow.Missing;
import io.hourglass.query.WholeWindows;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.store.Samples;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of all keys over HTTP; what is read is told once and packed. */
class WindowRoutesTest {
  private static final long HOUR = 3_600_000;
  private static final long TEN = Instant.parse("1995-08-01T10:00:00Z").toEpochMilli();
  private static final long CLOSES = TEN + HOUR - 1 + 300_000;
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
  private static final String PATH = "/v1/pipelines/clicks/windows/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pipeline CLICKS = Samples.hourly("clicks", "UTC");

  private static final FakeRules RULES = new FakeRules();

  private static ActorSystem<Void> system;
  private static ServerBinding binding;
  private static volatile CompletionStage<WholeWindow> whole;
  private static volatile Ranking asked;
  private static volatile Progress.Now progress;

  @BeforeAll
  static void start() {
    system = ActorSystem.create(Behaviors.empty(), "windows", ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING")
        .withFallback(ConfigFactory.load()));
    WholeWindows windows = (pipeline, start, ranking) -> {
      asked = ranking;
      return whole;
    };
    LiveKeys live = (pipeline, key, durable) -> CompletableFuture.completedFuture(Optional.empty());
    FakeHistory history = new FakeHistory();
    history.rows.put("h", List.of(new WindowResult(TEN, TEN + HOUR, "watermark", 1, CLOSES, 7, 0, Map.of())));
    ApiRoutes routes = new ApiRoutes(system, List.of(CLICKS), live, new FakeKeys(Map.of()), history, pipeline -> CompletableFuture.completedFuture(List.of()),
        (pipeline, key, raised) -> null, () -> null, alert -> Mark.NONE, RULES,
        List.of(new WindowRoutes(List.of(CLICKS), windows, pipeline -> CompletableFuture.completedFuture(progress), InstantSource.fixed(NOW)).route()));
    binding = HttpFront.start(system, new Settings.Http("127.0.0.1", 0, Duration.ofSeconds(3)), routes.sealed()).toCompletableFuture().join();
  }

  @AfterAll
  static void stop() {
    system.terminate();
  }

  @BeforeEach
  void open() {
    progress = now(false, at(0, TEN, 5, 5, false));
    whole = found(4, 2, List.of(new RankedKey("a", 12.5, 3, false), new RankedKey("b", 7, 1, true)), List.of());
  }

  private static Progress.Now now(boolean mixed, Progress.Partition... partitions) {
    return new Progress.Now(List.of(partitions), List.of(), mixed);
  }

  private static Progress.Partition at(int partition, Long watermark, long position, long end, boolean idle) {
    return new Progress.Partition(new PartitionStatus(partition, "n1", watermark, position, position, end), idle, watermark,
        NOW.minusSeconds(90).toEpochMilli());
  }

  private static CompletionStage<WholeWindow> found(long keys, long open, List<RankedKey> ranked, List<Missing> missing) {
    KeysTotal total = new KeysTotal(CLICKS.keys(), TEN);
    total.add(new StoredWindow(new WindowResult(TEN, TEN + HOUR, null, 1, 0, 9, 2, Map.of()), Map.of()));
    return CompletableFuture.completedFuture(new WholeWindow(keys, open, ranked, total, missing));
  }

  private static HttpResponse<byte[]> ask(String method, String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path))
        .method(method, HttpRequest.BodyPublishers.noBody());
    HttpResponse<byte[]> answer = CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (method.equals("GET") && answer.headers().firstValue("Content-Encoding").isEmpty()) {
      Contract.check(method, path, answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }
    return answer;
  }

  private static JsonNode json(int status, String path, String... headers) throws Exception {
    HttpResponse<byte[]> answer = ask("GET", path, headers);
    assertEquals(status, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    return JSON.readTree(answer.body());
  }

  @Test
  void ranksKeys() throws Exception {
    assertEquals(JSON.readTree("""
        {"pipeline":"clicks","start":"1995-08-01T10:00:00Z","end":"1995-08-01T11:00:00Z","state":"mixed","by":"late","order":"asc",
         "items":[{"key":"a","value":12.5,"state":"open","count":3},{"key":"b","value":7,"state":"closed","count":1}],
         "keys":4,"complete":true,"missing":[]}"""), json(200, PATH + TEN + "/top?by=late&order=asc&limit=2"));
    assertEquals(new Ranking("late", false, 2), asked);
    json(200, PATH + "1995-08-01T10:00:00Z/top");
    assertEquals(new Ranking("count", true, 10), asked);
    assertEquals("key,value,state,count\r\na,12.5,open,3\r\nb,7,closed,1\r\n",
        new String(ask("GET", PATH + TEN + "/top", "Accept", "text/csv").body(), StandardCharsets.UTF_8));
  }

  @Test
  void addsKeysUp() throws Exception {
    assertEquals(JSON.readTree("""
        {"pipeline":"clicks","start":"1995-08-01T10:00:00Z","end":"1995-08-01T11:00:00Z","state":"mixed","keys":4,"open":2,"count":9,"late":2,
         "measures":{},"leftOut":[],"complete":true,"missing":[]}"""), json(200, PATH + TEN));
  }

  @Test
  void aKeyOfDotsIsNotTheWayToThem() throws Exception {
    json(404, "/v1/pipelines/clicks/entities/%2E%2E/windows/" + TEN);
  }

  @Test
  void namesWhatIsMissing() throws Exception {
    whole = found(4, 4, List.of(), List.of(new Missing(3, null, 7L, "not read"), new Missing(null, "n2", null, "silent")));
    JsonNode told = json(200, PATH + TEN + "/top");
    assertEquals(JSON.readTree("[{\"shard\":3,\"keys\":7,\"reason\":\"not read\"},{\"node\":\"n2\",\"reason\":\"silent\"}]"), told.get("missing"));
    assertTrue(!told.get("complete").asBoolean());
    for (String media : List.of("text/csv", "application/x-ndjson")) {
      HttpResponse<byte[]> half = ask("GET", PATH + TEN + "/top", "Accept", media);
      assertEquals(503, half.statusCode());
      assertTrue(half.headers().firstValue("Retry-After").isPresent());
      assertTrue(JSON.readTree(half.body()).get("detail").asText().startsWith("not complete: shard 3, 7 keys: not read; node n2: silent"));
    }
    whole = found(0, 0, List.of(), List.of(new Missing(3, null, null, "not read")));
    HttpResponse<byte[]> nothing = ask("GET", PATH + TEN + "/top");
    assertEquals(503, nothing.statusCode());
    assertTrue(nothing.headers().firstValue("Retry-After").isPresent());
    whole = CompletableFuture.failedFuture(new TimeoutException("starting"));
    json(503, PATH + TEN);
  }

  @Test
  void aWindowWithoutKeysIsUnknownOnceItIsOver() throws Exception {
    whole = found(0, 0, List.of(), List.of());
    assertEquals("open", json(200, PATH + TEN + "/top").get("state").asText());
    progress = now(false, at(0, CLOSES, 5, 5, false));
    json(404, PATH + TEN + "/top");
    json(404, PATH + TEN);
  }

  /** Rows go shard by shard: what is there of an hour may not be all of it. */
  @Test
  void aWindowBeyondRetentionIsGoneForAllKeysAtOnce() throws Exception {
    long month = Duration.ofDays(30).toMillis();
    progress = now(false, at(0, TEN + month, 5, 5, false), at(1, TEN + HOUR + 300_000, 5, 5, false));
    json(200, PATH + TEN + "/top");
    progress = now(false, at(0, TEN + month + 1, 5, 5, false), at(1, TEN + HOUR + 300_000, 5, 5, false));
    json(404, PATH + TEN + "/top");
    assertTrue(json(404, PATH + TEN).get("detail").asText().endsWith("within retention: of each key its day is left (resolution=day)"));
  }

  @ParameterizedTest
  @CsvSource({"noon/top, 400, start", "1995-08-01T10:00:00Z/top?by=bytes.sum, 400, by", "1995-08-01T10:00:00Z/top?order=up, 400, order",
      "1995-08-01T10:00:00Z/top?limit=0, 400, limit", "999999999999999999/top, 400, start",
      "1995-08-01T10:00:00Z/top?consistency=durable, 400, consistency", "1995-08-01T10:00:00Z?consistency=durable, 400, consistency",
      "1995-08-01T10:00:00Z?consistency=maybe, 400, consistency"})
  void namesTheBadParameter(String rest, int status, String parameter) throws Exception {
    assertEquals(parameter, json(status, PATH + rest).get("parameter").asText());
  }

  @Test
  void onlyWhereAWindowBeginsThereIsOne() throws Exception {
    json(404, PATH + "1995-08-01T10:30:00Z");
    json(404, "/v1/pipelines/none/windows/" + TEN + "/top");
    json(406, PATH + TEN, "Accept", "text/csv");
  }

  @Test
  void explainsWhatHoldsTheWindowOpen() throws Exception {
    progress = now(false, at(0, CLOSES, 9, 9, false), at(1, CLOSES - 90_000, 3, 3, false), at(2, CLOSES - 60_000, 3, 8, false));
    JsonNode told = json(200, PATH + TEN + "/explain");
    assertEquals("open", told.get("state").asText());
    assertEquals("1995-08-01T11:04:59.999Z", told.get("closesAt").asText());
    assertEquals(1, told.get("heldBackBy").asInt());
    assertEquals("2024-05-01T11:58:30Z", told.get("since").asText());
    assertEquals("Partition 1 on n1 stands at 1995-08-01T11:03:29.999Z, 1m 30s of event time short of 1995-08-01T11:04:59.999Z, "
        + "and all of it is read: no newer event has come for 1m 30s or more.", told.get("reason").asText());
    assertEquals(List.of(true, false, false), told.findValues("closes").stream().map(JsonNode::asBoolean).toList());
    progress = now(false, at(2, CLOSES - 60_000, 3, 8, false));
    assertTrue(json(200, PATH + TEN + "/explain").get("reason").asText().endsWith("and has 5 records to read."));
  }

  @Test
  void idlePartitionsHoldOnlyTheirOwnKeys() throws Exception {
    progress = now(true, at(0, CLOSES, 9, 9, false), at(1, TEN, 3, 3, true));
    assertEquals("closed", json(200, PATH + TEN + "/explain").get("state").asText());
    progress = now(false, at(0, CLOSES, 9, 9, false), at(1, TEN, 3, 3, true));
    assertEquals(1, json(200, PATH + TEN + "/explain").get("heldBackBy").asInt());
  }

  @Test
  void explainsClosedAndComingWindows() throws Exception {
    progress = now(false, at(0, CLOSES, 9, 9, false));
    assertEquals("closed", json(200, PATH + TEN + "/explain").get("state").asText());
    whole = CompletableFuture.failedFuture(new TimeoutException("slow"));
    JsonNode coming = json(200, PATH + (TEN + 9 * HOUR) + "/explain");
    assertEquals("future", coming.get("state").asText());
    assertTrue(coming.get("keys").isNull());
  }

  @ParameterizedTest
  @CsvSource({PATH + "807271200000", PATH + "807271200000/top", "/v1/pipelines/clicks/entities/h/windows", "/v1/pipelines/clicks/entities/h/windows/807271200000"})
  void whatIsKnownIsNotToldAgain(String path) throws Exception {
    HttpResponse<byte[]> first = ask("GET", path);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again = ask("GET", path, "If-None-Match", "\"other\", " + tag);
    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
    assertEquals(tag, again.headers().firstValue("ETag").orElseThrow());
    assertEquals(200, ask("GET", path, "If-None-Match", "\"other\"").statusCode());
  }

  @Test
  void whoHasAPageOfLinesStillLearnsThatThereIsAnotherNow() throws Exception {
    String path = "/v1/pipelines/clicks/rules?limit=1";
    RULES.put(CLICKS, "a", "{\"when\":\"window.count > 5\"}");
    HttpResponse<byte[]> alone = ask("GET", path, "Accept", "text/csv");
    RULES.put(CLICKS, "b", "{\"when\":\"window.count > 5\"}");
    HttpResponse<byte[]> first = ask("GET", path, "Accept", "text/csv", "If-None-Match", alone.headers().firstValue("ETag").orElseThrow());
    assertEquals(200, first.statusCode());
    HttpResponse<byte[]> again = ask("GET", path, "Accept", "text/csv", "If-None-Match", first.headers().firstValue("ETag").orElseThrow());
    assertEquals(304, again.statusCode());
    assertTrue(again.headers().firstValue("Link").isPresent());
    assertEquals(first.headers().firstValue("Link"), again.headers().firstValue("Link"));
  }

  @Test
  void answersArePackedForThoseWhoAcceptIt() throws Exception {
    byte[] plain = ask("GET", PATH + TEN).body();
    HttpResponse<byte[]> packed = ask("GET", PATH + TEN, "Accept-Encoding", "gzip");
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
    assertEquals(JSON.readTree(plain), JSON.readTree(new GZIPInputStream(new ByteArrayInputStream(packed.body()))));
    assertEquals("deflate", ask("GET", PATH + TEN, "Accept-Encoding", "deflate").headers().firstValue("Content-Encoding").orElseThrow());
    assertEquals(200, ask("GET", PATH + TEN, "Accept-Encoding", "br").statusCode());
  }

  @Test
  void headTellsTheSameWithoutABody() throws Exception {
    HttpResponse<byte[]> head = ask("HEAD", PATH + TEN);
    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
    assertTrue(head.headers().firstValue("ETag").isPresent());
  }
}
