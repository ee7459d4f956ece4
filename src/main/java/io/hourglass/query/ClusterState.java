package io.hourglass.query;

import java.util.List;
import java.util.Map;

/**
 * The cluster as one node sees it.
 *
 * @param self address of the node that was asked
 * @param leader address of the node that decides on joining and leaving, null while there is none
 * @param members the oldest first
 */
public record ClusterState(String self, String leader, List<Member> members, List<Placement> pipelines) {

  /**
   * @param uid tells apart two lives of a node at one address
   * @param status joining, weaklyup, up, preparingforshutdown, readyforshutdown, leaving, exiting or down
   */
  public record Member(String node, long uid, String appVersion, String status, boolean reachable, List<String> roles) {}

  /**
   * Who holds what of a pipeline.
   *
   * @param numberOfShards shards the keys are spread over, from 0
   * @param unassignedShards held by none of {@code nodes}: no key of theirs was asked for yet, or they are on their way
   * @param unreadPartitions no member of the cluster is known to read them
   * @param unanswered members that did not say in time which shards they hold
   */
  public record Placement(
      String pipeline, int numberOfShards, List<Holding> nodes, List<Integer> unassignedShards,
      List<Integer> unreadPartitions, List<String> unanswered) {}

  /** @param keys keys in memory by shard, null where a shard was too busy to say */
  public record Holding(String node, Map<Integer, Integer> keys, List<Integer> partitions) {}
}
