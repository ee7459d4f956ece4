package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Services;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Faults in mid-replay, then the truth: the node killed again and again, Cassandra away for half a minute,
 * Kafka restarted. Nobody restarts a node by hand but where the node itself was killed.
 */
class CrashIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int KILLS = 10;
  private static Feed feed;

  @BeforeAll
  static void start() {
    feed = new Feed(Services.kafka());
  }

  @AfterAll
  static void stop() {
    feed.close();
  }

  private static NodeProcess node(String name) {
    return Services.node(name)
        .configuration(Checkout.path("src/test/resources/crash.conf"))
        .property("hourglass.cassandra.create-schema", "on");
  }

  private static <T> List<T> part(List<T> all, int part, int parts) {
    return all.subList((int) ((long) all.size() * part / parts), (int) ((long) all.size() * (part + 1) / parts));
  }

  @Test
  void killedAtRandomMoments() {
    List<SampleStream> streams = List.of(SampleStream.CLICKS, SampleStream.PAYMENTS);
    streams.forEach(stream -> feed.topics("killed-" + TruthIT.name(stream)));
    Random random = new Random(20101201);
    NodeProcess node = node("killed");
    int inFlight = 0;
    node.start();
    for (int kill = 0; kill < KILLS; kill++) {
      for (SampleStream stream : streams) {
        feed.send("killed-" + TruthIT.name(stream), part(stream.lines(), kill, KILLS + 1));
      }
      Await.pause(Duration.ofMillis(random.nextInt(2500)));
      Api api = new Api(node.api());
      inFlight += streams.stream().anyMatch(stream -> open(api, stream) > 0) ? 1 : 0;
      node.kill();
      node.start();
    }
    for (SampleStream stream : streams) {
      feed.send("killed-" + TruthIT.name(stream), part(stream.lines(), KILLS, KILLS + 1));
    }
    Api api = new Api(node.api());
    for (SampleStream stream : streams) {
      String pipeline = "killed-" + TruthIT.name(stream);
      Await.until(pipeline + " is durable", PATIENCE, () -> api.open(pipeline, feed.ends(pipeline)) == 0);
      assertEquals(List.of(), stream.truth().judge(api.windows(pipeline)), pipeline);
    }
    Set<String> alerts = AlertTruth.of(SampleStream.PAYMENTS.lines(), Feed.PARTITIONS);
    Await.until("all alerts are told", PATIENCE, () -> told(api, "killed-payments").containsAll(alerts));
    assertEquals(alerts, told(api, "killed-payments"));
    node.stop();
    assertTrue(inFlight >= KILLS / 2, "kills with events in flight: " + inFlight + " (expected: at least " + KILLS / 2 + ")");
  }

  /** Every alert as {@code rule key startsAt endsAt}. */
  private static Set<String> told(Api api, String pipeline) {
    return api.all("/v1/alerts?pipeline=" + pipeline).stream()
        .map(alert -> alert.at("/labels/rule").asText() + " " + alert.at("/labels/key").asText() + " " + alert.get("startsAt").asText()
            + " " + alert.get("endsAt").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long open(Api api, SampleStream stream) {
    try {
      String pipeline = "killed-" + TruthIT.name(stream);
      return api.open(pipeline, feed.ends(pipeline));
    } catch (RuntimeException starting) {
      return Long.MAX_VALUE;
    }
  }

  @Test
  void cassandraAwayForHalfAMinuteThenKafkaRestarted() {
    SampleStream stream = SampleStream.PAYMENTS;
    String pipeline = "servers-payments";
    feed.topics(pipeline);
    NodeProcess node = node("servers");
    node.start();
    List<SampleStream.Line> lines = stream.lines();
    feed.send(pipeline, part(lines, 0, 4));
    Services.cassandra().stop();
    feed.send(pipeline, part(lines, 1, 4));
    Await.pause(Duration.ofSeconds(30));
    Services.cassandra().start();
    feed.send(pipeline, part(lines, 2, 4));
    Services.kafka().stop();
    Services.kafka().start();
    feed.send(pipeline, part(lines, 3, 4));
    Api api = new Api(node.api());
    Await.until(pipeline + " is durable", PATIENCE, () -> api.open(pipeline, feed.ends(pipeline)) == 0);
    assertEquals(List.of(), stream.truth().judge(api.windows(pipeline)));
    node.stop();
  }
}
