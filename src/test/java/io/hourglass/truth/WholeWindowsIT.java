package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Services;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Hours of all keys, ranked and added up, equal what follows from the events themselves: closed ones, and the open one whose keys
 * have left memory for the most part, before and after the node is started anew, and with a node killed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeWindowsIT {
  private static final String PIPELINE = "whole-clicks";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static NodeProcess node;
  private static Feed feed;
  private static Api api;
  private static WholeHours hours;

  @BeforeAll
  static void start() {
    feed = new Feed(Services.kafka());
    feed.topics(PIPELINE);
    node = Services.node("whole")
        .configuration(Checkout.path("src/test/resources/whole.conf"))
        .property("hourglass.cassandra.create-schema", "on");
    node.start();
    api = new Api(node.api());
    List<SampleStream.Line> lines = SampleStream.CLICKS.lines();
    feed.send(PIPELINE, lines);
    hours = new WholeHours(PIPELINE, lines);
    Await.until("all is durable", PATIENCE, () -> api.open(PIPELINE, feed.ends(PIPELINE)) == 0);
  }

  @AfterAll
  static void stop() {
    feed.close();
    node.stop();
  }

  @Test
  @Order(1)
  void everyHourIsRanked() {
    hours.all().forEach(hour -> hours.assertRanked(api, hour));
  }

  @Test
  @Order(2)
  void everyHourIsAddedUp() {
    hours.all().forEach(hour -> hours.assertAddedUp(api, hour));
  }

  @Test
  @Order(2)
  void hoursOfAKeyAddUpToDays() {
    hours.assertDays(api, 30);
  }

  @Test
  @Order(3)
  void hoursAreExplained() {
    JsonNode open = api.get(hours.path(hours.last()) + "/explain");
    assertEquals("open", open.get("state").asText(), open::toString);
    assertTrue(open.get("open").asInt() > 0, open::toString);
    assertTrue(open.get("reason").asText().contains("no newer event has come"), open::toString);
    assertEquals(Feed.PARTITIONS, open.get("partitions").size());
    assertEquals("closed", api.get(hours.path(hours.first()) + "/explain").get("state").asText());
    assertEquals("future", api.get(hours.path(hours.last() + 1000 * WholeHours.HOUR) + "/explain").get("state").asText());
  }

  @Test
  @Order(4)
  void anHourThatNeverWasIsUnknownAndOneThatMayComeIsEmpty() {
    assertEquals(404, api.response(hours.path(hours.first() - 1000 * WholeHours.HOUR)).statusCode());
    assertEquals(400, api.response(hours.path(hours.first()) + "/top?by=value.median").statusCode());
    HttpResponse<String> empty = api.response(hours.path(hours.last() + 1000 * WholeHours.HOUR) + "/top");
    assertEquals(200, empty.statusCode(), empty.body());
  }

  /** Nobody holds a key in memory then: the read table knows which have the hour open, the journal what is in it. */
  @Test
  @Order(5)
  void theOpenHourIsTheSameAfterARestart() {
    node.stop();
    node.start();
    api = new Api(node.api());
    Await.until("all keys are read", PATIENCE, () -> api.get(hours.path(hours.last()) + "/top").get("complete").asBoolean());
    Await.until("all keys are in the sum", PATIENCE, () -> api.get(hours.path(hours.last())).get("complete").asBoolean());
    hours.assertRanked(api, hours.last());
    hours.assertAddedUp(api, hours.last());
    hours.assertRanked(api, hours.first());
  }

  /** An answer that says that it is complete is right, whoever is asked and whatever happens; all come in bounded time. */
  @Test
  @Order(6)
  void withANodeKilledAnAnswerIsRightOrSaysThatItIsNot() {
    node.stop();
    try (TwoNodes nodes = new TwoNodes("whole")) {
      Api[] both = nodes.both().toArray(Api[]::new);
      for (Api each : both) {
        Await.until("all keys are read", PATIENCE, () -> judged(each));
        hours.assertAddedUp(each, hours.last());
        hours.assertRanked(each, hours.first());
      }
      nodes.two().kill();
      judged(both[0]);
      Await.until("all keys are read by the node that is left", PATIENCE, () -> judged(both[0]));
      hours.assertAddedUp(both[0], hours.last());
    }
  }

  /** Whether the answer is complete: then it is right. */
  private static boolean judged(Api api) {
    long begun = System.nanoTime();
    HttpResponse<String> answer = api.response(hours.path(hours.last()) + "/top?limit=25");
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(25).toNanos(), "an answer that took too long");
    assertTrue(answer.statusCode() == 200 || answer.statusCode() == 503, answer.body());
    JsonNode top = Api.parse(answer.body());
    boolean complete = answer.statusCode() == 200 && top.get("complete").asBoolean();
    if (complete) {
      hours.assertCounts(top, hours.last());
    }
    return complete;
  }
}
