package io.hourglass.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Services;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code discovery = config}, from the first node that finds nobody to the one that is put out. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FixedAddressesIT {
  private static ThreeNodes nodes;

  @BeforeAll
  static void create() {
    nodes = ThreeNodes.onPorts("fixed");
    nodes.with("HOURGLASS_DISCOVERY", "config").with("HOURGLASS_ROLLOUT", "4")
        .with("HOURGLASS_ENDPOINTS", nodes.places().stream().map(ThreeNodes.Place::address).collect(Collectors.joining(",")));
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  @Test
  @Order(1)
  void aNodeThatFindsNobodyIsNotReadyAndGoesOnLooking() {
    NodeProcess first = nodes.node(0);
    CompletableFuture<Void> started = CompletableFuture.runAsync(first::start);
    Await.until("it says so", ThreeNodes.PATIENCE, () -> first.log()
        .line("not in a cluster yet; looking on (expected: discovery config finds a cluster, or 2 nodes to form one)").isPresent());
    assertEquals(503, ThreeNodes.ready(nodes.places().get(0)));
    assertFalse(started.isDone());
    Services.startTogether(nodes.node(1), nodes.node(2));
    started.join();
    ThreeNodes.awaitMembers(List.of(first, nodes.node(1), nodes.node(2)), 3);
    nodes.places().forEach(place -> assertEquals(200, ThreeNodes.ready(place)));
  }

  @Test
  @Order(2)
  void theClusterSaysWhoHoldsWhat() {
    Await.until("the partition is read", ThreeNodes.PATIENCE, () -> placement().get("unreadPartitions").isEmpty() && partitions() == 1);
    JsonNode member = ThreeNodes.cluster(nodes.node(2)).get("members").get(0);
    assertTrue(member.get("appVersion").asText().matches("[0-9.]+\\+4-.*"), member.toString());
    assertEquals(3, placement().get("nodes").size());
    assertEquals(0, placement().get("unanswered").size(), placement().toString());
  }

  private static JsonNode placement() {
    return ThreeNodes.cluster(nodes.node(1)).get("pipelines").get(0);
  }

  private static long partitions() {
    return StreamSupport.stream(placement().get("nodes").spliterator(), false).mapToInt(node -> node.get("partitions").size()).sum();
  }

  /** As after a pause that was too long: the others have gone on without it, and it may not. */
  @Test
  @Order(3)
  void aNodeThatIsPutOutEndsWithAStatusOfItsOwn() {
    NodeProcess last = nodes.node(2);
    CompletableFuture<Integer> ended = last.onExit();
    last.pause();
    List<NodeProcess> others = List.of(nodes.node(0), nodes.node(1));
    Await.until("the others have put it out", ThreeNodes.PATIENCE,
        () -> others.stream().allMatch(node -> ThreeNodes.cluster(node).get("members").size() == 2));
    last.resume();
    assertEquals(2, ended.orTimeout(ThreeNodes.PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    last.start();
    ThreeNodes.awaitMembers(List.of(nodes.node(0), nodes.node(1), last), 3);
  }
}
