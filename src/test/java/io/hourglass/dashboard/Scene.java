package io.hourglass.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import io.hourglass.services.NodeApi;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Replay;
import io.hourglass.services.Services;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A node with a day of web clicks, and with events of this very hour. */
final class Scene implements AutoCloseable {
  static final String CLICKS = "dash-clicks";
  static final String LIVE = "dash-live";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaProducer<String, String> producer;
  private final NodeProcess node;
  private final NodeApi api;

  Scene() {
    Services.kafka().createTopics(4, CLICKS, LIVE);
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", Services.kafka().bootstrap(), "acks", "all"), new StringSerializer(), new StringSerializer());
    node = Services.node("dashboard")
        .configuration(Checkout.path("src/test/resources/dashboard.conf"))
        .property("hourglass.cassandra.create-schema", "on");
    node.start();
    api = new NodeApi(node.api());
    new Replay(Checkout.path("src/samples/clickstream-nasa-19950801.ndjson.gz"), CLICKS, Services.kafka().bootstrap()).send();
    Await.until("the clicks are counted", PATIENCE, () -> lag(CLICKS) == 0);
  }

  private long lag(String pipeline) {
    JsonNode partitions = api.get("/v1/pipelines/" + pipeline).orElseThrow().get("partitions");
    return partitions.size() < 4 ? Long.MAX_VALUE : partitions.findValues("lag").stream().mapToLong(JsonNode::asLong).sum();
  }

  URI site() {
    return node.api();
  }

  NodeApi api() {
    return api;
  }

  /** Events of now. */
  void send(String key, double... values) {
    for (double value : values) {
      raw(key, JSON.createObjectNode().put("ts", Instant.now().toString()).put("value", value).put("dim", key).toString());
    }
    producer.flush();
  }

  /** A record as it is, of a text. */
  void raw(String key, String value) {
    producer.send(new ProducerRecord<>(LIVE, key, value));
    producer.flush();
  }

  static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    producer.close();
    node.stop();
  }
}
