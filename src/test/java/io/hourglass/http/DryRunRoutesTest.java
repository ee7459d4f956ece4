package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.hourglass.alert.Alerts;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.store.Samples;
import io.hourglass.trial.TopicDryRuns;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the records of a topic to what a rule would have told. */
class DryRunRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pipeline BY_FIELD = Samples.hourly("clicks", "UTC");
  private static final Pipeline BY_RECORD = new Pipeline("taps", "clicks", Optional.empty(), BY_FIELD.timestamp(), BY_FIELD.keys(), BY_FIELD.idleClose(),
      BY_FIELD.idleTimeout(), BY_FIELD.maxAhead(), BY_FIELD.retention(), List.of(), 64, BY_FIELD.config());
  private static final String MANY = "{\"when\":\"window.count >= 3\",\"summary\":\"{key}: {value}\"}";

  private final ActorTestKit kit = ActorTestKit.create(
      ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING").withFallback(ConfigFactory.load()));
  private final FakeRules rules = new FakeRules();
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private KafkaException away;
  private final ServerBinding binding = HttpFront.start(kit.system(), new Settings.Http("127.0.0.1", 0, Duration.ofSeconds(3)),
      new Problems(kit.system().log()).around(new DryRunRoutes(List.of(BY_FIELD, BY_RECORD), rules, new TopicDryRuns(this::consumer),
          (pipeline, key, raised) -> Alerts.of(pipeline.name(), key, raised, pipeline.window().endOf(raised.start()), raised.at()))::route))
      .toCompletableFuture().join();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private Consumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    List<TopicPartition> partitions = List.of(new TopicPartition("clicks", 0), new TopicPartition("clicks", 1));
    consumer.updatePartitions("clicks", partitions.stream().map(each -> new PartitionInfo("clicks", each.partition(), null, null, null)).toList());
    partitions.forEach(each -> {
      consumer.updateBeginningOffsets(Map.of(each, 0L));
      consumer.updateEndOffsets(Map.of(each, records.stream().filter(record -> record.partition() == each.partition()).count()));
    });
    consumer.setPollException(away);
    consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
    return consumer;
  }

  /** A record written a second after its event, which is so many minutes after midnight. */
  private void record(int partition, String key, double minute) {
    long time = Math.round(minute * 60_000);
    write(partition, time + 1_000, "{\"host\":\"" + key + "\",\"ts\":" + time + "}", key);
  }

  private void write(int partition, long at, String value, String key) {
    long offset = records.stream().filter(record -> record.partition() == partition).count();
    records.add(new ConsumerRecord<>("clicks", partition, offset, at, TimestampType.CREATE_TIME, 1, 1, key.getBytes(StandardCharsets.UTF_8),
        value.getBytes(StandardCharsets.UTF_8), new RecordHeaders(), Optional.empty()));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return Contract.promised(CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + "/v1/pipelines/" + path))
        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()));
  }

  private JsonNode told(String path, String body) throws Exception {
    HttpResponse<String> answer = post(path, body);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  @Test
  void tellsWhatARuleWouldHaveTold() throws Exception {
    for (double minute : new double[] {1, 2, 3, 61, 62, 63, 64}) {
      record(0, "a", minute);
    }
    record(1, "b", 5);
    write(1, 360_000, "nonsense", "b");
    JsonNode told = told("clicks/rules/many/dry-run", MANY);
    assertEquals("{\"pipeline\":\"clicks\",\"rule\":\"many\",\"events\":8,\"refused\":1,\"late\":0,\"keys\":2,"
        + "\"from\":\"1970-01-01T00:01:00Z\",\"to\":\"1970-01-01T01:04:00Z\",\"fired\":2}", without(told, "alerts"));
    assertEquals("a: 3 firing 1970-01-01T01:03:00Z", line(told.at("/alerts/0")));
    assertEquals("a: 3 resolved 1970-01-01T00:03:00Z", line(told.at("/alerts/1")));
    assertEquals(List.of(), rules.all(BY_FIELD), "nothing is kept");
  }

  /** A key of several partitions is late by what was written before, whichever partition it is in; one of a single partition by that alone. */
  @Test
  void lateIsJudgedAsTheReaderWould() throws Exception {
    record(0, "a", 200);
    write(1, 300 * 60_000, "{\"host\":\"b\",\"ts\":60000}", "b");
    assertEquals(1, told("clicks/rules/many/dry-run", MANY).get("late").asInt());
    assertEquals(0, told("taps/rules/many/dry-run", MANY).get("late").asInt());
  }

  @Test
  void takesTheNewestOfEachPartition() throws Exception {
    for (int i = 0; i < 10; i++) {
      record(i % 2, "a", i);
    }
    JsonNode told = told("clicks/rules/many/dry-run?events=4", MANY);
    assertEquals(4, told.get("events").asInt());
    assertEquals("1970-01-01T00:06:00Z", told.get("from").asText());
  }

  @Test
  void withoutABodyTheRuleThatIsThere() throws Exception {
    rules.put(BY_FIELD, "many", MANY);
    assertEquals(0, told("clicks/rules/many/dry-run", "").get("fired").asInt());
    assertEquals(404, post("clicks/rules/none/dry-run", "").statusCode());
  }

  @Test
  void whatCannotBeRunIsSaid() throws Exception {
    assertEquals(404, post("other/rules/many/dry-run", MANY).statusCode());
    HttpResponse<String> bad = post("clicks/rules/many/dry-run", "{\"when\":\"window.count >\"}");
    assertEquals(400, bad.statusCode());
    assertTrue(bad.body().contains("column 15"), bad.body());
    assertEquals("events", JSON.readTree(post("clicks/rules/many/dry-run?events=0", MANY).body()).get("parameter").asText());
    away = new org.apache.kafka.common.errors.TimeoutException("away");
    record(0, "a", 1);
    HttpResponse<String> later = post("clicks/rules/many/dry-run", MANY);
    assertEquals(503, later.statusCode());
    assertTrue(later.headers().firstValue("Retry-After").isPresent());
  }

  private static String without(JsonNode json, String field) {
    ObjectNode rest = json.deepCopy();
    rest.remove(field);
    return rest.toString();
  }

  private static String line(JsonNode alert) {
    return alert.at("/annotations/summary").asText() + " " + alert.get("status").asText() + " " + alert.get("startsAt").asText();
  }
}
