package io.hourglass.ingest;

import akka.util.Version;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;

/**
 * Shares a group's partitions out: the {@link PartitionShares} of every topic. Every member says in its subscription
 * which version it is and what it held last, for with the eager protocol Kafka has forgotten that by then. Made by the
 * Kafka client from its configuration.
 *
 * <p>Eager and not cooperative: Alpakka drops records that wait in the stream of a partition that went and came back
 * when a later rebalance takes nothing from this member. See decision 011.
 */
public final class RolloutAssignor implements ConsumerPartitionAssignor, Configurable {
  /** Property of a consumer: the node's version in the cluster. */
  public static final String VERSION = "hourglass.app-version";

  private String version;
  private Claim last = Claim.NONE;

  @Override
  public void configure(Map<String, ?> properties) {
    version = String.valueOf(properties.get(VERSION));
  }

  @Override
  public String name() {
    return "hourglass-rollout";
  }

  @Override
  public ByteBuffer subscriptionUserData(Set<String> topics) {
    return new Claim(version, last.generation(), last.partitions()).encode();
  }

  @Override
  public void onAssignment(Assignment assignment, ConsumerGroupMetadata group) {
    last = new Claim(version, group.generationId(), assignment.partitions());
  }

  @Override
  public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
    Map<String, Claim> claims = new TreeMap<>();
    group.groupSubscription().forEach((member, subscription) -> claims.put(member, Claim.decode(subscription.userData())));
    Map<String, List<TopicPartition>> assigned = new HashMap<>();
    claims.keySet().forEach(member -> assigned.put(member, new ArrayList<>()));
    topics(group).forEach((topic, members) -> share(topic, cluster.partitionCountForTopic(topic), claims, members)
        .forEach((partition, member) -> assigned.get(member).add(new TopicPartition(topic, partition))));
    return new GroupAssignment(
        assigned.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> new Assignment(each.getValue()))));
  }

  /** Who subscribes to each topic. */
  private static Map<String, List<String>> topics(GroupSubscription group) {
    Map<String, List<String>> members = new TreeMap<>();
    group.groupSubscription().forEach((member, subscription) -> subscription.topics()
        .forEach(topic -> members.computeIfAbsent(topic, name -> new ArrayList<>()).add(member)));
    return members;
  }

  private static Map<Integer, String> share(String topic, Integer partitions, Map<String, Claim> claims, List<String> members) {
    PartitionShares<Version> shares = new PartitionShares<>(partitions == null ? 0 : partitions);
    members.forEach(member -> shares.member(member, new Version(claims.get(member).version())));
    members.stream().sorted((one, other) -> Integer.compare(claims.get(other).generation(), claims.get(one).generation()))
        .forEach(member -> shares.held(member, claims.get(member).of(topic)));
    return shares.shared();
  }
}
