package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.services.Await;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Services;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two nodes: one paused for so long that the other takes its keys over, then waked with all it still had in mind; then
 * both killed at once. A node that has ended is started again, as an orchestrator does; nothing else is done by hand.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PausedIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static Feed feed;
  private static TwoNodes nodes;

  @BeforeAll
  static void start() {
    feed = new Feed(Services.kafka());
    feed.topics("paused-clicks", "felled-payments");
    nodes = new TwoNodes("paused");
  }

  @AfterAll
  static void stop() {
    feed.close();
    nodes.close();
  }

  private static void judge(String pipeline, SampleStream stream) {
    for (Api api : nodes.both()) {
      Await.until(pipeline + " is durable", PATIENCE, () -> api.open(pipeline, feed.ends(pipeline)) == 0);
      assertEquals(List.of(), stream.truth().judge(api.windows(pipeline)));
    }
  }

  @Test
  @Order(1)
  void aPausedNodeWakes() {
    List<SampleStream.Line> lines = SampleStream.CLICKS.lines();
    feed.send("paused-clicks", lines.subList(0, lines.size() / 2));
    Api survivor = new Api(nodes.one().api());
    Await.until("reading has begun", PATIENCE, () -> survivor.all("/v1/pipelines/paused-clicks/entities").size() > 100);
    nodes.two().pause();
    feed.send("paused-clicks", lines.subList(lines.size() / 2, lines.size()));
    Await.pause(PAUSE);
    nodes.two().resume();
    Await.until("the waked node has seen that it is no member any more, and ends", PATIENCE, () -> !nodes.two().isRunning());
    nodes.two().start();
    judge("paused-clicks", SampleStream.CLICKS);
  }

  @Test
  @Order(2)
  void allKilledAtOnce() {
    List<SampleStream.Line> lines = SampleStream.PAYMENTS.lines();
    feed.send("felled-payments", lines.subList(0, lines.size() / 2));
    Api api = new Api(nodes.one().api());
    Await.until("reading has begun", PATIENCE, () -> api.all("/v1/pipelines/felled-payments/entities").size() > 10);
    Stream.of(nodes.one(), nodes.two()).parallel().forEach(NodeProcess::kill);
    feed.send("felled-payments", lines.subList(lines.size() / 2, lines.size()));
    Stream.of(nodes.one(), nodes.two()).forEach(NodeProcess::start);
    judge("felled-payments", SampleStream.PAYMENTS);
  }
}
