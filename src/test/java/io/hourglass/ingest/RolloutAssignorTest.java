package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Members as the Kafka client drives them: each with an assignor of its own, the leader's decides. */
class RolloutAssignorTest {
  private static final String TOPIC = "clicks-by-host";
  private final Map<String, RolloutAssignor> members = new TreeMap<>();
  private int generation;

  private void join(String name, String version) {
    RolloutAssignor assignor = new RolloutAssignor();
    assignor.configure(Map.of(RolloutAssignor.VERSION, version));
    members.put(name, assignor);
  }

  private static Cluster cluster(int partitions) {
    List<PartitionInfo> infos = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      infos.add(new PartitionInfo(TOPIC, partition, Node.noNode(), new Node[0], new Node[0]));
    }
    return new Cluster("c", List.of(), infos, Set.of(), Set.of());
  }

  private Map<String, List<TopicPartition>> rebalance(int partitions) {
    generation++;
    Map<String, Subscription> subscriptions = new HashMap<>();
    members.forEach((name, assignor) ->
        subscriptions.put(name, new Subscription(List.of(TOPIC), assignor.subscriptionUserData(Set.of(TOPIC)))));
    Map<String, Assignment> assigned =
        new RolloutAssignor().assign(cluster(partitions), new GroupSubscription(subscriptions)).groupAssignment();
    Map<String, List<TopicPartition>> shares = new TreeMap<>();
    assigned.forEach((name, assignment) -> {
      members.get(name).onAssignment(assignment, new ConsumerGroupMetadata("g", generation, name, Optional.empty()));
      shares.put(name, assignment.partitions());
    });
    return shares;
  }

  @Test
  void partitionsStayAndTheNewestGetWhatIsLeft() {
    join("a", "0.1.0+1-SNAPSHOT");
    join("b", "0.1.0+1-SNAPSHOT");
    Map<String, List<TopicPartition>> two = rebalance(4);
    join("c", "0.1.0+10-SNAPSHOT");
    assertEquals(two.get("a"), rebalance(4).get("a"));
    members.remove("a");
    Map<String, List<TopicPartition>> rolled = rebalance(4);
    assertEquals(two.get("b"), rolled.get("b"));
    assertEquals(two.get("a"), rolled.get("c"));
  }

  @Test
  void whoMissedAGenerationDoesNotTakePartitionsBack() {
    join("a", "1");
    join("b", "1");
    rebalance(4);
    RolloutAssignor late = members.remove("a");
    Map<String, List<TopicPartition>> alone = rebalance(4);
    assertEquals(4, alone.get("b").size());
    members.put("a", late);
    Map<String, List<TopicPartition>> again = rebalance(4);
    assertEquals(2, again.get("a").size());
    assertTrue(alone.get("b").containsAll(again.get("b")));
  }

  @Test
  void aTopicThatGrowsIsSharedOutWhole() {
    join("a", "1");
    join("b", "1");
    Map<String, List<TopicPartition>> before = rebalance(4);
    Map<String, List<TopicPartition>> grown = rebalance(8);
    before.forEach((name, partitions) -> assertTrue(grown.get(name).containsAll(partitions)));
    Set<TopicPartition> all = new HashSet<>(grown.get("a"));
    all.addAll(grown.get("b"));
    assertEquals(8, all.size());
    assertEquals(4, grown.get("a").size());
  }

  @Test
  void aTopicThatIsNotThereYetIsNobodys() {
    join("a", "1");
    assertEquals(Map.of("a", List.of()), rebalance(0));
  }

  @Test
  void aClaimComesThroughAndWhatCannotBeReadClaimsNothing() {
    Claim claim = new Claim("0.1.0+7-release", 3, List.of(new TopicPartition(TOPIC, 2), new TopicPartition("a.b-c", 11)));
    assertEquals(claim, Claim.decode(claim.encode()));
    assertEquals(List.of(2), claim.of(TOPIC));
    for (ByteBuffer bad : new ByteBuffer[] {null, ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {7, 10, 10}), ByteBuffer.wrap("1\n2\nx".getBytes())}) {
      assertEquals(Claim.NONE, Claim.decode(bad));
    }
  }
}
