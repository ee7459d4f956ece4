package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Services;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every window of every key of the sample streams equals the truth: in order, and disordered with malformed lines. */
class TruthIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final double BAD_RATE = 0.002;
  private static NodeProcess node;
  private static Feed feed;
  private static Api api;

  @BeforeAll
  static void start() {
    feed = new Feed(Services.kafka());
    for (SampleStream stream : SampleStream.values()) {
      feed.topics("truth-" + name(stream), "disorder-" + name(stream));
    }
    node = Services.node("truth")
        .configuration(Checkout.path("src/test/resources/truth.conf"))
        .property("hourglass.cassandra.create-schema", "on");
    node.start();
    api = new Api(node.api());
  }

  @AfterAll
  static void stop() {
    feed.close();
    node.stop();
  }

  static String name(SampleStream stream) {
    return stream.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource
  void inOrder(SampleStream stream) {
    String pipeline = "truth-" + name(stream);
    feed.send(pipeline, stream.lines());
    settle(pipeline);
    List<JsonNode> windows = api.windows(pipeline);
    assertEquals(List.of(), stream.truth().judge(windows));
    assertEquals(List.of(), FrequentTruth.of(stream.lines()).judge(windows));
  }

  @ParameterizedTest
  @EnumSource
  void disorderedWithMalformedLines(SampleStream stream) {
    String pipeline = "disorder-" + name(stream);
    Perturbed perturbed = Perturbed.of(stream.lines(), 29_000, BAD_RATE, 7);
    feed.send(pipeline, perturbed.lines());
    settle(pipeline);
    List<JsonNode> windows = api.windows(pipeline);
    assertEquals(List.of(), stream.truth().judge(windows));
    assertEquals(List.of(), FrequentTruth.of(stream.lines()).judge(windows));
    List<ConsumerRecord<byte[], byte[]>> dead = feed.read("hourglass." + pipeline + ".dead-letters");
    assertEquals(perturbed.malformed(), dead.size(), "every malformed line is a dead letter, once");
    Map<String, Long> reasons = dead.stream().collect(Collectors.groupingBy(each -> Feed.header(each, "reason"), Collectors.counting()));
    assertEquals(java.util.Set.of("not-json", "no-timestamp", "wrong-type", "empty"), reasons.keySet());
  }

  /** What leaves with a close equals what is read: every closed window once in its topic. */
  @Test
  void closedWindowsAreInTheirTopic() {
    String pipeline = "truth-topic";
    feed.topics(pipeline);
    SampleStream stream = SampleStream.PAYMENTS;
    feed.send(pipeline, stream.lines());
    settle(pipeline);
    List<String> closed = api.windows(pipeline).stream()
        .filter(window -> window.get("state").asText().equals("closed"))
        .map(window -> window.get("key").asText() + "@" + window.get("start").asText() + "=" + window.get("count"))
        .sorted().toList();
    Await.until("as many windows in the topic as are closed", PATIENCE, () -> published(pipeline).size() >= closed.size());
    assertEquals(closed, published(pipeline));
  }

  private static List<String> published(String pipeline) {
    return feed.read("hourglass." + pipeline + ".windows").stream()
        .map(record -> Api.parse(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8)))
        .map(window -> window.get("key").asText() + "@" + window.get("start").asText() + "=" + window.get("count"))
        .sorted().toList();
  }

  private static void settle(String pipeline) {
    Await.until(pipeline + " is durable", PATIENCE, () -> api.open(pipeline, feed.ends(pipeline)) == 0);
  }
}
