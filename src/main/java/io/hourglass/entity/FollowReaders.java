package io.hourglass.entity;

import akka.actor.ActorRef;
import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import akka.util.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Allocates the shards of a pipeline by its {@link ShardPlan}; only translates. Runs in the coordinator's actor. See
 * decision 011 for why it is not Akka's external allocation.
 */
final class FollowReaders extends AbstractShardAllocationStrategy {
  private final Cluster cluster;
  private final ShardPlan<Version> plan;

  /**
   * @param shards how many the pipeline has
   * @param readers address of the node that reads the partition of a shard, if that is known
   */
  FollowReaders(ActorSystem<?> system, int shards, IntFunction<Optional<String>> readers) {
    this.cluster = Cluster.get(system);
    this.plan = new ShardPlan<>(shards, readers);
  }

  @Override
  public Future<ActorRef> allocateShard(ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> held) {
    Map<String, ActorRef> regions = held.keySet().stream().collect(Collectors.toMap(this::node, region -> region));
    return Future.successful(plan.home(Integer.parseInt(shard), seats(held)).map(regions::get).orElse(requester));
  }

  /** Nothing moves while a member does not answer: every region has to say that it knows, and that one cannot. */
  @Override
  public Future<Set<String>> rebalance(Map<ActorRef, IndexedSeq<String>> held, Set<String> moving) {
    if (!cluster.state().getUnreachable().isEmpty()) {
      return Future.successful(Set.of());
    }
    Set<Integer> onTheirWay = moving.stream().map(Integer::valueOf).collect(Collectors.toSet());
    return Future.successful(plan.moves(seats(held), onTheirWay).stream().map(String::valueOf).collect(Collectors.toSet()));
  }

  private Collection<ShardPlan.Seat<Version>> seats(Map<ActorRef, IndexedSeq<String>> held) {
    CurrentClusterState state = cluster.state();
    Map<String, Member> members = new HashMap<>();
    state.getMembers().forEach(member -> members.put(member.address().toString(), member));
    return held.entrySet().stream()
        .filter(each -> members.containsKey(node(each.getKey())))
        .map(each -> seat(members.get(node(each.getKey())), state, each.getValue()))
        .toList();
  }

  private static ShardPlan.Seat<Version> seat(Member member, CurrentClusterState state, IndexedSeq<String> shards) {
    boolean staying = member.status().equals(MemberStatus.up()) && !state.getUnreachable().contains(member);
    List<Integer> numbers = CollectionConverters.asJava(shards).stream().map(Integer::valueOf).toList();
    return new ShardPlan.Seat<>(member.address().toString(), member.appVersion(), staying, numbers);
  }

  private String node(ActorRef region) {
    Address address = region.path().address();
    return (address.hasLocalScope() ? cluster.selfAddress() : address).toString();
  }
}
