package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.hourglass.intake.KafkaIntake;
import io.hourglass.query.EventIntake.Away;
import io.hourglass.settings.CsvFormat;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.store.Samples;
import io.hourglass.telemetry.Counters;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final int MOST_BYTES = 100_000;
  private static final Pipeline CLICKS = Samples.hourly("clicks", "UTC");
  private static final Pipeline KEYED = keyed("keyed", Optional.empty());
  private static final Pipeline CSV = keyed("lines", Optional.of(new CsvFormat(List.of("host"), ',', false)));
  private static final Settings.Intake SETTINGS = new Settings.Intake(MOST_BYTES, 1_000, Duration.ofMillis(500));

  private static final Cluster KAFKA = new Cluster("c", List.of(new Node(0, "h", 1)), List.of(
      new PartitionInfo("clicks", 0, null, null, null), new PartitionInfo("keyed", 0, null, null, null)), Set.of(), Set.of());

  private final ActorTestKit kit = ActorTestKit.create(
      ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING").withFallback(ConfigFactory.load()));
  private final MockProducer<byte[], byte[]> kafka = producer(true);
  private Function<String, CompletionStage<String>> topicIds = topic -> CompletableFuture.completedFuture("T");
  private final Counters counters = new Counters();
  private final ServerBinding binding = serve(kafka);

  private static Pipeline keyed(String name, Optional<CsvFormat> csv) {
    return new Pipeline(name, name, Optional.empty(), Optional.empty(), CLICKS.keys(), Optional.empty(), Duration.ofMinutes(1), Duration.ofHours(1),
        CLICKS.retention(), List.of(), 64, ConfigFactory.empty(), Map.of(), Optional.empty(), csv);
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
    return new MockProducer<>(KAFKA, acknowledges, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private ServerBinding serve(MockProducer<byte[], byte[]> producer) {
    List<Pipeline> pipelines = List.of(CLICKS, KEYED, CSV);
    KafkaIntake intake = new KafkaIntake(pipelines, producer, topic -> topicIds.apply(topic), counters, InstantSource.fixed(NOW), SETTINGS.timeout());
    return HttpFront.start(kit.system(), new Settings.Http("127.0.0.1", 0, Duration.ofSeconds(3)),
        new Problems(kit.system().log()).around(new EventRoutes(pipelines, intake, SETTINGS)::route)).toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static String event(String host) {
    return "{\"host\":\"" + host + "\",\"ts\":\"2026-01-01T11:00:00Z\"}";
  }

  private HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
    return post(binding, path, body, headers);
  }

  private static HttpResponse<String> post(ServerBinding server, String path, byte[] body, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.localAddress().getPort() + "/v1/pipelines/" + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body));
    return Contract.promised(CLIENT.send((headers.length == 0 ? request.header("Content-Type", "application/json") : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofString()));
  }

  private JsonNode accepted(String body, String... headers) throws Exception {
    HttpResponse<String> answer = post("clicks/events", body.getBytes(StandardCharsets.UTF_8), headers);
    assertEquals(202, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static JsonNode problem(int status, HttpResponse<String> answer) throws Exception {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
    return JSON.readTree(answer.body());
  }

  private List<String> written() {
    return kafka.history().stream().map(record -> new String(record.key(), StandardCharsets.UTF_8) + "=" + new String(record.value(), StandardCharsets.UTF_8)).toList();
  }

  private static byte[] gzip(byte[] bytes) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void anObjectIsAnEventUnderItsKey() throws Exception {
    JsonNode answer = accepted(" " + event("a") + "\n");
    assertEquals(1, answer.get("accepted").asInt());
    assertEquals("[]", answer.get("rejected").toString());
    assertTrue(answer.get("at").asText().matches("T-0:0~\\w+\\.0"), answer.toString());
    assertEquals(List.of("a=" + event("a")), written());
    assertEquals(NOW.toEpochMilli(), kafka.history().get(0).timestamp());
  }

  @Test
  void anArrayIsItsElementsWithTheirBytes() throws Exception {
    String odd = "{ \"host\" : \"]},{\\\"\" ,\"ts\":\"2026-01-01T11:00:00Z\", \"n\":[1,[2,{}]] }";
    JsonNode answer = accepted("[" + event("a") + ",\n" + odd + ", {bad} ,7," + event("b") + "]");
    assertEquals(3, answer.get("accepted").asInt());
    assertEquals("3 not-json, 4 not-json", rejected(answer));
    assertEquals(List.of("a=" + event("a"), "]},{\"=" + odd, "b=" + event("b")), written());
    assertEquals(0, accepted("[ ]").get("accepted").asInt());
    assertTrue(accepted("[ ]").get("at").isNull());
  }

  private static String rejected(JsonNode answer) {
    return IntStream.range(0, answer.get("rejected").size()).mapToObj(answer.get("rejected")::get)
        .map(each -> each.get("line").asInt() + " " + each.get("reason").asText()).collect(Collectors.joining(", "));
  }

  @Test
  void linesKeepTheirNumbersAndTheReasonsAreThoseOfDeadLetters() throws Exception {
    JsonNode answer = accepted(event("a") + "\r\n\n{\"ts\":\"2026-01-01T11:00:00Z\"}\n{\"host\":\"a\"}\n[]\n"
        + event("a").replace("2026", "2027") + "\n" + event("b"), "Content-Type", "application/x-ndjson; charset=utf-8");
    assertEquals(2, answer.get("accepted").asInt());
    assertEquals("3 no-key, 4 no-timestamp, 5 not-json, 6 too-far-ahead", rejected(answer));
    assertEquals(2, counters.posted("clicks", "accepted").sum());
    assertEquals(1, counters.posted("clicks", "no-key").sum());
    assertEquals(List.of("a=" + event("a"), "b=" + event("b")), written());
  }

  @Test
  void gzipIsUnpacked() throws Exception {
    HttpResponse<String> answer = post("clicks/events", gzip((event("a") + "\n" + event("b")).getBytes(StandardCharsets.UTF_8)),
        "Content-Type", "application/x-ndjson", "Content-Encoding", "gzip");
    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(2, kafka.history().size());
  }

  @Test
  void theRecordKeyIsGivenWhereItIsTheKey() throws Exception {
    assertEquals("key", problem(400, post("keyed/events", "{}".getBytes(StandardCharsets.UTF_8))).get("parameter").asText());
    assertEquals("key", problem(400, post("keyed/events?key=", "{}".getBytes(StandardCharsets.UTF_8))).get("parameter").asText());
    assertEquals("key", problem(400, post("clicks/events?key=k", event("a").getBytes(StandardCharsets.UTF_8))).get("parameter").asText());
    assertEquals(202, post("keyed/events?key=%C3%BC", "{}".getBytes(StandardCharsets.UTF_8)).statusCode());
    assertEquals(List.of("\u00fc={}"), written());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "7", "\"x\"", "[", "[{}", "[{}] {}", "[\"", "\u0000", "\\"})
  void whatHoldsNoEventsIsABadBody(String body) throws Exception {
    assertEquals("body", problem(400, post("clicks/events", body.getBytes(StandardCharsets.UTF_8))).get("parameter").asText());
  }

  @Test
  void hostileBodiesAreRefused() throws Exception {
    byte[] invalid = {'{', '"', 'h', 'o', 's', 't', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
    assertEquals("1 not-json", rejected(JSON.readTree(post("clicks/events", invalid).body())));
    assertEquals("1 not-json", rejected(accepted("{\"a\":" + "[".repeat(40_000) + "]".repeat(40_000) + "}")));
    problem(400, post("clicks/events", "[".repeat(90_000).getBytes(StandardCharsets.UTF_8)));
    assertEquals("1 not-json", rejected(accepted("[" + "[".repeat(40_000) + "]".repeat(40_000) + "]")));
    problem(413, post("clicks/events", new byte[MOST_BYTES + 1]));
    problem(413, post("clicks/events", new byte[7 * MOST_BYTES]));
    problem(404, post("none/events", new byte[7 * MOST_BYTES]));
    problem(413, post("clicks/events", "{}\n".repeat(1_001).getBytes(StandardCharsets.UTF_8), "Content-Type", "application/x-ndjson"));
    problem(413, post("clicks/events", gzip(new byte[MOST_BYTES * 100]), "Content-Type", "application/json", "Content-Encoding", "gzip"));
    problem(400, post("clicks/events", event("a").getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json", "Content-Encoding", "gzip"));
    problem(400, post("clicks/events", new byte[0], "Content-Type", "application/json", "Content-Encoding", "gzip"));
    byte[] cut = gzip(event("a").getBytes(StandardCharsets.UTF_8));
    problem(400, post("clicks/events", Arrays.copyOf(cut, cut.length - 9), "Content-Type", "application/json", "Content-Encoding", "gzip"));
    assertEquals(0, kafka.history().size());
  }

  @ParameterizedTest
  @CsvSource({"clicks, text/plain, gzip, 415", "clicks, application/x-www-form-urlencoded, gzip, 415", "clicks, application/json, br, 415",
      "lines, application/json, identity, 415", "none, application/json, identity, 404"})
  void whatItDoesNotTakeIsSaid(String pipeline, String type, String encoding, int status) throws Exception {
    problem(status, post(pipeline + "/events", event("a").getBytes(StandardCharsets.UTF_8), "Content-Type", type, "Content-Encoding", encoding));
  }

  @Test
  void whatKafkaRefusesIsToldByLine() throws Exception {
    ServerBinding server = serve(new MockProducer<>(KAFKA, true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback answer) {
        switch (new String(record.key(), StandardCharsets.UTF_8)) {
          case "large" -> answer.onCompletion(null, new RecordTooLargeException("2 MB"));
          case "silent" -> { }
          default -> super.send(record, answer);
        }
        return null;
      }
    });
    HttpResponse<String> answer = post(
        server, "clicks/events", ("[" + event("a") + "," + event("large") + "," + event("silent") + "]").getBytes(StandardCharsets.UTF_8));
    JsonNode told = JSON.readTree(answer.body());
    assertEquals(1, told.get("accepted").asInt());
    assertEquals("2 too-large, 3 not-acknowledged", rejected(told));
    assertTrue(told.get("at").asText().startsWith("T-0:0~"), told.toString());
  }

  @Test
  void kafkaAwayIsA503() throws Exception {
    HttpResponse<String> silent = post(serve(producer(false)), "clicks/events", event("a").getBytes(StandardCharsets.UTF_8));
    assertTrue(problem(503, silent).get("detail").asText().startsWith("Kafka has acknowledged none"), silent.body());
    assertEquals("1", silent.headers().firstValue("Retry-After").orElseThrow());
    topicIds = topic -> CompletableFuture.failedFuture(new Away("topic clicks: not there yet"));
    assertEquals("topic clicks: not there yet",
        problem(503, post("clicks/events", event("a").getBytes(StandardCharsets.UTF_8))).get("detail").asText());
    assertEquals("1 no-key", rejected(accepted("{\"ts\":0}")), "what is refused anyway need not be asked about");
  }

  @Test
  void bodiesInFlightAreBoundedAndLetGo() throws Exception {
    for (int i = 0; i < 40; i++) {
      problem(413, post("clicks/events", gzip(new byte[MOST_BYTES * 2]), "Content-Type", "application/json", "Content-Encoding", "gzip"));
    }
    assertEquals(1, accepted(event("a")).get("accepted").asInt());
  }
}
