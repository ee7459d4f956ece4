package io.hourglass.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.Port;
import io.hourglass.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log, the feed and the stream on a real broker. */
@Timeout(120)
class AlertLogIT {
  private static final int KILLED = 5_000;

  @TempDir static Path directory;
  private static KafkaBroker broker;

  @BeforeAll
  static void start() {
    broker = new KafkaBroker(directory.resolve("kafka"), Port.free());
    broker.start();
  }

  @AfterAll
  static void stop() {
    broker.stop();
  }

  @Test
  void publishedAlertsComeOutOfEveryNodeWithTheSameIds() throws Exception {
    try (Node one = new Node("same-ids"); Node other = new Node("same-ids")) {
      one.publish(0, 50);
      other.publish(40, 60);
      List<String> ids = one.ids(60);
      assertEquals(ids, other.ids(60));
      try (Node late = new Node("same-ids")) {
        assertEquals(ids, late.ids(60));
      }
    }
  }

  /** At a random moment, fifty times, while alerts come in by both nodes; what had arrived and was not taken dies with it. */
  @Test
  void aSubscriberThatIsKilledAgainAndAgainMissesNothingAtEitherNode() throws Exception {
    Random random = new Random(50);
    List<String> seen = new ArrayList<>();
    try (Node one = new Node("killed"); Node other = new Node("killed")) {
      CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
        for (int n = 0; n < KILLED; n += 10) {
          (n % 20 == 0 ? one : other).publish(n, n + 10);
        }
      });
      for (int life = 0; life < 50; life++) {
        takeSome(random.nextBoolean() ? one : other, random.nextInt(KILLED / 50), seen);
      }
      publishing.get(60, TimeUnit.SECONDS);
      takeSome(other, KILLED - seen.size(), seen);
      assertEquals(one.ids(KILLED), seen);
    }
  }

  private static void takeSome(Node node, int count, List<String> seen) throws InterruptedException {
    String after = seen.isEmpty() ? "earliest" : seen.get(seen.size() - 1);
    try (SocketClient client = new SocketClient(node.server.ws("?after=" + after))) {
      assertFalse(client.next().get("gap").asBoolean());
      for (int taken = 0; taken < count; taken++) {
        seen.add(client.nextAlert().get("id").asText());
      }
    }
  }

  @Test
  void aTopicCreatedAnewHasAnotherEpochAndResumesWithAGap() throws Exception {
    String id;
    try (Node node = new Node("anew")) {
      node.publish(0, 3);
      id = node.ids(3).get(2);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.deleteTopics(List.of("anew")).all().get(10, TimeUnit.SECONDS);
    }
    try (Node node = new Node("anew")) {
      node.publish(7, 9);
      try (SocketClient client = new SocketClient(node.server.ws("?after=" + id))) {
        assertTrue(client.next().get("gap").asBoolean());
        assertEquals(List.of("key-7", "key-8"), client.keys(2));
      }
      assertNotEquals(id.substring(0, 8), node.ids(1).get(0).substring(0, 8));
    }
  }

  @Test
  void theFeedGoesOnAfterTheBrokerWasAway() throws Exception {
    try (Node node = new Node("away"); SocketClient client = new SocketClient(node.server.ws(""))) {
      node.publish(0, 10);
      assertEquals(10, client.keys(10).size());
      broker.restart();
      node.publish(10, 20);
      assertEquals("key-10", client.keys(1).get(0));
      assertEquals("key-19", client.keys(9).get(8));
      assertFalse(client.closed.isDone());
    }
  }

  @Test
  void aSubscriberHasAnAlertWithinMilliseconds() throws Exception {
    try (Node node = new Node("latency"); SocketClient client = new SocketClient(node.server.ws(""))) {
      client.next();
      latencies(node, client, 0, 300);
      long[] micros = latencies(node, client, 300, 1_300);
      Arrays.sort(micros);
      System.out.printf("alert published to received: median %.2f ms, p99 %.2f ms, greatest %.2f ms%n",
          micros[500] / 1e3, micros[990] / 1e3, micros[999] / 1e3);
      assertTrue(micros[500] < 50_000, "median " + micros[500] + " µs");
    }
  }

  private static long[] latencies(Node node, SocketClient client, int from, int until) throws Exception {
    long[] micros = new long[until - from];
    for (int n = from; n < until; n++) {
      Await.pause(Duration.ofMillis(1 + n % 7));
      long begun = System.nanoTime();
      node.log.publish(FakeLog.alert(n));
      JsonNode frame = client.nextAlert();
      micros[n - from] = (System.nanoTime() - begun) / 1_000;
      assertEquals("key-" + n, frame.get("labels").get("key").asText());
    }
    return micros;
  }

  /** One node's log, feed and stream. */
  private static final class Node implements AutoCloseable {
    final StreamServer server = new StreamServer(10_000, 1_000, Duration.ofSeconds(25));
    final AlertLog log;
    private final UniqueKillSwitch reading;

    Node(String topic) {
      log = AlertLog.open(broker.bootstrap(), new Settings.Alerts(topic, Duration.ofDays(7), 1_000, "rules"));
      reading = log.events(server.system(), server.feed)
          .viaMat(KillSwitches.single(), Keep.right())
          .to(Sink.foreach(server.feed::accept))
          .run(server.system());
      server.feed.ready().toCompletableFuture().join();
    }

    void publish(int from, int until) {
      for (int n = from; n < until; n++) {
        log.publish(FakeLog.alert(n)).toCompletableFuture().join();
      }
    }

    List<String> ids(int count) throws InterruptedException {
      try (SocketClient client = new SocketClient(server.ws("?after=earliest"))) {
        client.next();
        return client.ids(count);
      }
    }

    @Override
    public void close() {
      reading.shutdown();
      log.close();
      server.close();
    }
  }
}
