package io.hourglass.http;

import io.hourglass.query.ClusterState;
import java.util.List;
import java.util.Objects;

/** The cluster as it goes out. */
record ClusterJson(String self, String leader, List<MemberJson> members, List<PlacementJson> pipelines) {

  /** @param uid as text: it has more digits than a JSON number is sure to keep */
  record MemberJson(String node, String uid, String appVersion, String status, boolean reachable, boolean self, List<String> roles) {}

  record PlacementJson(
      String pipeline, int numberOfShards, List<HoldingJson> nodes, List<Integer> unassignedShards,
      List<Integer> unreadPartitions, List<String> unanswered) {

    static PlacementJson of(ClusterState.Placement placement) {
      return new PlacementJson(placement.pipeline(), placement.numberOfShards(), placement.nodes().stream().map(HoldingJson::of).toList(),
          placement.unassignedShards(), placement.unreadPartitions(), placement.unanswered());
    }
  }

  /** @param activeKeys keys in memory, as far as its shards have said */
  record HoldingJson(String node, List<Integer> shards, List<Integer> partitions, long activeKeys) {

    static HoldingJson of(ClusterState.Holding holding) {
      long active = holding.keys().values().stream().filter(Objects::nonNull).mapToLong(Integer::longValue).sum();
      return new HoldingJson(holding.node(), holding.keys().keySet().stream().sorted().toList(), holding.partitions(), active);
    }
  }

  static ClusterJson of(ClusterState state) {
    return new ClusterJson(state.self(), state.leader(),
        state.members().stream().map(member -> member(member, state.self())).toList(),
        state.pipelines().stream().map(PlacementJson::of).toList());
  }

  private static MemberJson member(ClusterState.Member member, String self) {
    return new MemberJson(member.node(), Long.toString(member.uid()), member.appVersion(), member.status(), member.reachable(),
        member.node().equals(self), member.roles());
  }
}
