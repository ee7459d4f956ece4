package io.hourglass.http.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.hourglass.http.Contract;
import io.hourglass.http.FakeHistory;
import io.hourglass.http.HttpFront;
import io.hourglass.query.LiveKeys;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.store.Page;
import io.hourglass.store.Samples;
import io.hourglass.window.KeyResult;
import io.hourglass.window.WindowResult;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusRoutesTest {
  private static final long HOUR = 3_600_000;
  private static final long TEN = Instant.parse("1995-08-01T10:00:00Z").toEpochMilli();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final AtomicInteger READS = new AtomicInteger();
  private static final AtomicInteger KEY_READS = new AtomicInteger();

  private static ActorSystem<Void> system;
  private static ServerBinding binding;

  @BeforeAll
  static void start() {
    system = ActorSystem.create(Behaviors.empty(), "prometheus", ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = ERROR")
        .withFallback(ConfigFactory.load()));
    FakeHistory history = new CountedHistory();
    history.rows.put("/a", List.of(window(TEN, "watermark", 5), window(TEN + 2 * HOUR, "watermark", 7)));
    history.rows.put("b\"c", List.of(window(TEN, "watermark", 2)));
    LiveKeys live = (pipeline, key, durable) -> key.equals("slow") ? CompletableFuture.failedFuture(new TimeoutException("slow"))
        : key.equals("silent") ? new CompletableFuture<>()
        : key.equals("broken") ? CompletableFuture.failedFuture(new StackOverflowError())
        : CompletableFuture.completedFuture(Optional.of(new KeyResult(List.of(), TEN,
            key.equals("/a") ? List.of(window(TEN + 3 * HOUR, null, 9)) : List.of(), List.of(), 0)).filter(found -> key.equals("/a")));
    PrometheusRoutes routes = new PrometheusRoutes(system, List.of(Samples.hourly("clicks", "UTC"), Samples.hourly("other", "UTC")), live, history,
        Duration.ofSeconds(2), InstantSource.fixed(Instant.ofEpochMilli(TEN + 3 * HOUR + HOUR / 4)));
    binding = HttpFront.start(system, new Settings.Http("127.0.0.1", 0, Duration.ofSeconds(3)), routes.route()).toCompletableFuture().join();
  }

  @AfterAll
  static void stop() {
    system.terminate();
  }

  private static final class CountedHistory extends FakeHistory {
    @Override
    public CompletionStage<List<WindowResult>> windows(Pipeline pipeline, String key, long from, long to, int limit) {
      READS.incrementAndGet();
      return super.windows(pipeline, key, from, to, limit);
    }

    @Override
    public CompletionStage<Page<String>> keys(Pipeline pipeline, String prefix, String afterKey, int limit) {
      KEY_READS.incrementAndGet();
      return super.keys(pipeline, prefix, afterKey, limit);
    }
  }

  private static WindowResult window(long start, String closedBy, long count) {
    return new WindowResult(start, start + HOUR, closedBy, 1, start, count, 0, Map.of());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String address() {
    return "http://127.0.0.1:" + binding.localAddress().getPort() + "/prometheus";
  }

  private static JsonNode ask(int status, String path) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(HttpRequest.newBuilder(URI.create(address() + "/api/v1/" + path)).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(status, answer.statusCode(), answer.body());
    Contract.check("GET", "/prometheus/api/v1/" + path, status, "application/json", answer.body().getBytes(StandardCharsets.UTF_8));
    return JSON.readTree(answer.body());
  }

  private static String range(String query, long from, long to, String step) {
    return "query=" + encoded(query) + "&start=" + from / 1_000.0 + "&end=" + Instant.ofEpochMilli(to) + "&step=" + step;
  }

  @Test
  void aWindowIsASampleAtEveryInstantOfIt() throws Exception {
    String asked = range("count{pipeline=\"clicks\",key=\"/a\"}", TEN - HOUR / 2, TEN + 4 * HOUR, "30m");
    JsonNode told = ask(200, "query_range?" + asked);
    assertEquals(JSON.readTree("""
        {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"count","pipeline":"clicks","key":"/a"},
         "values":[[807271200.000,"5"],[807273000.000,"5"],[807278400.000,"7"],[807280200.000,"7"],[807282000.000,"9"]]}]}}"""), told, "of the running window up to now");
    HttpResponse<String> posted = CLIENT.send(HttpRequest.newBuilder(URI.create(address() + "/api/v1/query_range"))
        .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(asked)).build(),
        HttpResponse.BodyHandlers.ofString());
    assertEquals(told, JSON.readTree(posted.body()));
  }

  @Test
  void severalKeysAreSeveralSeries() throws Exception {
    JsonNode told = ask(200, "query_range?" + range("count{pipeline=\"clicks\",key=~\"/a|b\\\"c|none\"}", TEN, TEN, "1"));
    assertEquals(List.of("/a", "b\"c"), told.findValues("key").stream().map(JsonNode::asText).toList());
    assertEquals(0, ask(200, "query_range?" + range("nothing_sum{pipeline=\"clicks\",key=\"/a\"}", TEN, TEN, "1")).at("/data/result").size());
  }

  @Test
  void anInstantIsNowUnlessItSays() throws Exception {
    String query = "query?query=" + encoded("count{pipeline=\"clicks\",key=\"/a\"}");
    JsonNode now = ask(200, query).at("/data/result/0/value");
    assertEquals(807282900, now.get(0).asDouble());
    assertEquals("9", now.get(1).asText());
    assertEquals(0, ask(200, query + "&time=807282901").at("/data/result").size(), "of what is to come nothing is known");
    assertEquals("7", ask(200, query + "&time=807278400").at("/data/result/0/value/1").asText());
    assertEquals(0, ask(200, query + "&time=807274800").at("/data/result").size());
    assertEquals("[4.0,\"2\"]", ask(200, "query?time=4&query=1%2B1").at("/data/result").toString());
  }

  @Test
  void tellsLabelsSeriesAndMetadata() throws Exception {
    assertEquals("[\"__name__\",\"key\",\"pipeline\"]", ask(200, "labels").get("data").toString());
    assertEquals("[\"count\",\"late\"]", ask(200, "label/__name__/values").get("data").toString());
    assertEquals("[\"clicks\",\"other\"]", ask(200, "label/pipeline/values").get("data").toString());
    assertEquals("[\"/a\",\"b\\\"c\"]", ask(200, "label/key/values?match%5B%5D=" + encoded("count{pipeline=\"clicks\"}")).get("data").toString());
    assertEquals("[]", ask(200, "label/job/values").get("data").toString());
    assertEquals(2, ask(200, "series?match%5B%5D=" + encoded("count{pipeline=\"other\"}")).get("data").size());
    assertEquals("gauge", ask(200, "metadata").at("/data/count/0/type").asText());
    assertTrue(ask(200, "status/buildinfo").at("/data/version").isTextual());
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"query_range?query=count;start: missing", "query_range?query=count&start=1&end=2&step=0;step: 0",
      "query_range?query=count&start=x&end=2&step=1;start: x", "query_range?query=count&start=9&end=2&step=1;end: before start",
      "query_range?query=count&start=0&end=100000&step=1;step: 100000 points", "query?query=rate(count%5B5m%5D);query: rate",
      "query?query=count;pipeline: missing", "query?query=count%7Bpipeline%3D%22x%22%7D;pipeline: x", "query;query: missing",
      "query?query=count%7Bpipeline%3D%22clicks%22%7D;query: count", "series;match[]: missing",
      "query_range?query=count&start=0&end=11001&step=1;step: 11001 points", "query_range?query=count&start=0&end=2&step=00000000000000000000000000000000000000001;step: 41",
      "query?query=count&time=00000000000000000000000000000000000000001;time: 41", "query?query=count&time=-999999999-01-01T00:00:00Z;time: -999999999"})
  void whatIsNotUnderstoodIsAnErrorOfPrometheus(String path, String message) throws Exception {
    JsonNode error = ask(400, path);
    assertEquals("error", error.get("status").asText());
    assertEquals("bad_data", error.get("errorType").asText());
    assertTrue(error.get("error").asText().startsWith(message), error::toString);
  }

  @Test
  void whoDoesNotAnswerIsATimeout() throws Exception {
    assertEquals("timeout", ask(503, "query?query=" + encoded("count{pipeline=\"clicks\",key=\"slow\"}")).get("errorType").asText());
  }

  @Test
  void whoNeverAnswersIsATimeoutAndWhatBreaksIsNone() throws Exception {
    assertEquals("timeout", ask(503, "query?query=" + encoded("count{pipeline=\"clicks\",key=\"silent\"}")).get("errorType").asText());
    assertEquals("internal", ask(500, "query?query=" + encoded("count{pipeline=\"clicks\",key=\"broken\"}")).get("errorType").asText());
  }

  @Test
  void asManyStepsAsPrometheusTakes() throws Exception {
    String query = "count{pipeline=\"clicks\",key=\"/a\"}";
    JsonNode values = ask(200, "query_range?" + range(query, TEN, TEN + 11_000 * 1_000, "1")).at("/data/result/0/values");
    assertEquals(3_600 + 11_001 - 7_200, values.size());
    assertTrue(ask(400, "query_range?" + range("count{pipeline=\"clicks\",key=~\"" + "a|".repeat(19) + "b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u\"}",
        TEN, TEN + 11_000 * 1_000, "1")).get("error").asText().startsWith("start, end: 11001 windows of 21 keys"));
  }

  @Test
  void farStepsReadTheWindowsTheyHitAndCloseOnesReadByTheThousand() throws Exception {
    String query = "count{pipeline=\"clicks\",key=\"/a\"}";
    READS.set(0);
    JsonNode values = ask(200, "query_range?" + range(query, TEN - 365L * 24 * HOUR, TEN, "1d")).at("/data/result/0/values");
    assertEquals(JSON.readTree("[[807271200.000,\"5\"]]"), values);
    assertEquals(366, READS.getAndSet(0));
    ask(200, "query_range?" + range(query, TEN - 20_000 * HOUR, TEN, "2h"));
    assertEquals(21, READS.get());
  }

  @Test
  void keysAreReadOnceForAllSelectorsTogether() throws Exception {
    KEY_READS.set(0);
    String all = "match%5B%5D=" + encoded("{pipeline=\"clicks\"}") + "&";
    String count = "match%5B%5D=" + encoded("count") + "&";
    JsonNode told = ask(200, "series?" + all.repeat(5) + count.repeat(5));
    assertEquals(2, KEY_READS.getAndSet(0), "one for each pipeline");
    assertEquals(2 * 2 + 2, told.get("data").size(), "a series that two selectors take is told once");
    assertTrue(ask(400, "series?" + count.repeat(11)).get("error").asText().startsWith("match[]: 11 selectors"));
    assertTrue(ask(400, "label/key/values?" + count.repeat(11)).get("error").asText().startsWith("match[]: 11 selectors"));
    assertEquals(0, KEY_READS.get());
  }

  @Test
  void promtoolUnderstandsTheAnswers() throws Exception {
    Assumptions.assumeTrue(System.getenv("HOURGLASS_CI") != null
        || Stream.of(System.getenv("PATH").split(":")).anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool"))), "promtool is not installed");
    String query = "count{pipeline=\"clicks\",key=\"/a\"}";
    assertEquals(query.replace("count{pipeline=\"clicks\",key=\"/a\"}", "count{key=\"/a\", pipeline=\"clicks\"} =>\n5 @[807271200]\n7 @[807278400]"),
        promtool("query", "range", "--start=807271200", "--end=807278400", "--step=1h", address(), query));
    assertTrue(promtool("query", "instant", "--time=807278400", address(), query).contains("=> 7 @[807278400]"));
    assertEquals("count\nlate", promtool("query", "labels", address(), "__name__"));
    assertTrue(promtool("query", "series", "--match=" + query, address()).contains("__name__=\"count\""));
  }

  private static String promtool(String... arguments) throws Exception {
    Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList()).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, told);
    return told;
  }
}
