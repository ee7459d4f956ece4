package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.Services;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes: either answers for every key, both tell every alert at once, and one may go at any moment. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PIPELINE = "cluster-payments";
  private static final int WARM_UP = 60;
  private static final int ALERTS = 160;
  private static Feed feed;
  private static TwoNodes nodes;

  @BeforeAll
  static void start() {
    feed = new Feed(Services.kafka());
    feed.topics(PIPELINE, "cluster-alerts");
    nodes = new TwoNodes("cluster");
  }

  @AfterAll
  static void stop() {
    feed.close();
    nodes.close();
  }

  @Test
  @Order(1)
  void partitionsAreSharedAndEveryNodeAnswersForEveryKey() {
    Await.until("both nodes read", PATIENCE, () -> nodes.both().stream().allMatch(api -> nodes(api).size() == 2));
    feed.send(PIPELINE, SampleStream.PAYMENTS.lines());
    for (Api api : nodes.both()) {
      Await.until("all is durable", PATIENCE, () -> api.open(PIPELINE, feed.ends(PIPELINE)) == 0);
      assertEquals(List.of(), SampleStream.PAYMENTS.truth().judge(api.windows(PIPELINE)));
    }
  }

  private static Map<String, Integer> nodes(Api api) {
    return IntStream.range(0, Feed.PARTITIONS)
        .mapToObj(partition -> api.get("/v1/pipelines/" + PIPELINE).get("partitions").get(partition).get("node").asText())
        .collect(Collectors.toMap(node -> node, node -> 1, Integer::sum));
  }

  /** From the moment before an event is sent to Kafka to the frame at a subscriber. */
  @Test
  @Order(2)
  void alertsReachEverySubscriberOfEveryNodeAtOnce() {
    try (AlertSubscriber first = new AlertSubscriber(nodes.one().api(), "pipeline=cluster-alerts");
        AlertSubscriber second = new AlertSubscriber(nodes.two().api(), "pipeline=cluster-alerts")) {
      List<AlertSubscriber> subscribers = List.of(first, second);
      List<Long> latencies = IntStream.range(0, ALERTS).mapToObj(i -> raise("key " + i, i + 1, subscribers))
          .skip(WARM_UP).sorted().toList();
      long median = latencies.get(latencies.size() / 2);
      System.out.printf("alert, sent to received: median %d ms, 95 %% within %d ms, greatest %d ms%n",
          median, latencies.get(latencies.size() * 95 / 100), latencies.get(latencies.size() - 1));
      assertTrue(median < 100, "median " + median + " ms (expected: under 100 ms)");
      assertEquals(ids(first), ids(second));
    }
  }

  private static List<String> ids(AlertSubscriber subscriber) {
    return subscriber.alerts().stream().map(each -> each.alert().get("id").asText()).toList();
  }

  private static long raise(String key, int expected, List<AlertSubscriber> subscribers) {
    long sent = System.currentTimeMillis();
    feed.send("cluster-alerts", key, "{\"key\":\"" + key + "\",\"ts\":\"" + Instant.now() + "\",\"value\":1000,\"dim\":\"x\"}");
    feed.flush();
    Await.until("alert for " + key, Duration.ofSeconds(30), () -> subscribers.stream().allMatch(each -> each.firing().size() >= expected));
    return subscribers.stream().mapToLong(each -> each.firing().get(expected - 1).at() - sent).max().orElseThrow();
  }

  /** Each alert once, whoever asks and however often; a subscriber that comes later gets what it missed. */
  @Test
  @Order(3)
  void aSubscriberResumesOnTheOtherNode() {
    URI other = nodes.two().api();
    try (AlertSubscriber all = new AlertSubscriber(nodes.one().api(), "pipeline=cluster-alerts&after=earliest")) {
      Await.until("all kept alerts", PATIENCE, () -> all.firing().size() == ALERTS);
      String middle = all.firing().get(ALERTS / 2 - 1).alert().get("id").asText();
      try (AlertSubscriber rest = new AlertSubscriber(other, "pipeline=cluster-alerts&after=" + middle)) {
        Await.until("the rest", PATIENCE, () -> rest.firing().size() == ALERTS - ALERTS / 2);
      }
    }
    assertEquals(ALERTS, new Api(other).all("/v1/alerts?pipeline=cluster-alerts").size());
  }

  /** Every key of the pipeline has one event in its running window, or two. */
  @Test
  @Order(4)
  void rulesChangeWhileTheyAreEvaluated() {
    Api one = new Api(nodes.one().api());
    Api two = new Api(nodes.two().api());
    String rule = "/v1/pipelines/cluster-alerts/rules/seen";
    String alerts = "/v1/alerts?pipeline=cluster-alerts&rule=seen&state=";
    assertEquals(201, one.send("PUT", rule, "{\"when\":\"window.count >= 1\",\"severity\":\"info\"}").statusCode());
    Await.until("the other node has it", Duration.ofSeconds(2), () -> two.response(rule).statusCode() == 200);
    Await.until("it fires over what is there", PATIENCE, () -> two.all(alerts + "firing").size() == ALERTS);
    assertEquals(200, two.send("PUT", rule, "{\"when\":\"window.count >= 1 && value.max > 10.0\"}").statusCode());
    feed.send("cluster-alerts", "one more", "{\"key\":\"one more\",\"ts\":\"" + Instant.now() + "\",\"value\":11,\"dim\":\"x\"}");
    feed.flush();
    Await.until("it goes on", PATIENCE, () -> one.all(alerts + "firing").size() == ALERTS + 1);
    assertEquals(0, one.all(alerts + "resolved").size(), "a changed rule keeps what still holds");
    assertEquals(200, two.send("PUT", rule, "{\"when\":\"window.count >= 1 && value.max < 100.0\"}").statusCode());
    Await.until("what does not hold any more ends", PATIENCE, () -> one.all(alerts + "resolved").size() == ALERTS);
    assertEquals(1, one.all(alerts + "firing").size());
    assertEquals(204, one.send("DELETE", rule, "").statusCode());
    Await.until("a rule that is gone ends its alerts", PATIENCE, () -> two.all(alerts + "resolved").size() == ALERTS + 1);
    assertEquals(404, one.response(rule).statusCode());
    Await.until("on the other node too", Duration.ofSeconds(2), () -> two.response(rule).statusCode() == 404);
  }

  /** Half of the keys move to a new partition while their old one still has events of them that nobody has read. */
  @Test
  @Order(5)
  void aTopicIsGivenMorePartitionsInMidReplay() {
    String pipeline = "cluster-growing";
    List<SampleStream.Line> lines = SampleStream.SENSORS.lines();
    feed.topics(pipeline);
    Api api = new Api(nodes.one().api());
    Await.until("all partitions are read", PATIENCE, () -> api.open(pipeline, feed.ends(pipeline)) == 0);
    feed.send(pipeline, lines.subList(0, lines.size() / 2));
    feed.grow(pipeline, 2 * Feed.PARTITIONS);
    Await.until("the new partitions are read", PATIENCE, () -> partitions(api, pipeline).size() == 2 * Feed.PARTITIONS);
    try (Feed later = new Feed(Services.kafka())) {
      later.send(pipeline, lines.subList(lines.size() / 2, lines.size()));
    }
    Await.until("all is durable", PATIENCE, () -> nodes.both().stream().allMatch(each -> each.open(pipeline, feed.ends(pipeline)) == 0));
    assertTrue(partitions(api, pipeline).subList(Feed.PARTITIONS, 2 * Feed.PARTITIONS).stream().anyMatch(each -> each.get("committed").asLong() > 0),
        "nothing came by a new partition");
    assertEquals(List.of(), SampleStream.SENSORS.truth().judge(api.windows(pipeline)));
  }

  private static List<JsonNode> partitions(Api api, String pipeline) {
    List<JsonNode> partitions = new ArrayList<>();
    api.get("/v1/pipelines/" + pipeline).get("partitions").forEach(partitions::add);
    return partitions;
  }

  @Test
  @Order(6)
  void aNodeKilledInMidReplayLosesNothing() {
    feed.topics("cluster-clicks");
    List<SampleStream.Line> lines = SampleStream.CLICKS.lines();
    feed.send("cluster-clicks", lines.subList(0, lines.size() / 2));
    Api survivor = new Api(nodes.one().api());
    Await.until("reading has begun", PATIENCE, () -> survivor.all("/v1/pipelines/cluster-clicks/entities").size() > 100);
    nodes.two().kill();
    feed.send("cluster-clicks", lines.subList(lines.size() / 2, lines.size()));
    Await.until("all is durable", PATIENCE, () -> survivor.open("cluster-clicks", feed.ends("cluster-clicks")) == 0);
    assertEquals(List.of(), SampleStream.CLICKS.truth().judge(survivor.windows("cluster-clicks")));
  }
}
