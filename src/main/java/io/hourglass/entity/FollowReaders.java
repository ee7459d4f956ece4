package io.hourglass.entity;

import akka.actor.ActorRef;
import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import akka.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import akka.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import akka.cluster.sharding.ShardCoordinator.ShardAllocationStrategy$;
import akka.util.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map$;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Allocates the shards of a pipeline by its {@link ShardPlan}; only translates. Runs in the coordinator's actor. See
 * decision 011 for why it is not Akka's external allocation.
 */
final class FollowReaders extends AbstractShardAllocationStrategy {
  /** The share of the shards that may move in one round where they do not follow readers. */
  private static final double EVENED_AT_ONCE = 0.1;

  private final Cluster cluster;
  private final ExecutionContext executor;
  private final Readers readers;
  private final ShardPlan<Version> plan;
  private final ShardAllocationStrategy even;

  /** @param shards how many the pipeline has */
  FollowReaders(ActorSystem<?> system, int shards, Readers readers) {
    this.cluster = Cluster.get(system);
    this.executor = system.executionContext();
    this.readers = readers;
    this.even = ShardAllocationStrategy$.MODULE$.leastShardAllocationStrategy(shards, EVENED_AT_ONCE);
    if (even instanceof ActorSystemDependentAllocationStrategy dependent) {
      dependent.start(system.classicSystem());
    }
    this.plan = new ShardPlan<>(shards, readers::of);
  }

  @Override
  public Future<ActorRef> allocateShard(ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> held) {
    Map<String, ActorRef> regions = held.keySet().stream().collect(Collectors.toMap(this::node, region -> region, (one, other) -> one));
    return Future.successful(plan.home(Integer.parseInt(shard), seats(held)).map(regions::get).orElse(requester));
  }

  /**
   * Nothing moves while a region's node does not answer, or is a member no more: every region has to say that it knows.
   * Where readers are not known at all, because partitions do not divide the shards, Akka's strategy evens them out.
   */
  @Override
  public Future<Set<String>> rebalance(Map<ActorRef, IndexedSeq<String>> held, Set<String> moving) {
    Collection<ShardPlan.Seat<Version>> seats = seats(held);
    boolean allAnswer = cluster.state().getUnreachable().isEmpty()
        && seats.stream().map(ShardPlan.Seat::node).distinct().count() == held.size();
    if (!allAnswer) {
      return Future.successful(Set.of());
    }
    if (!readers.followed()) {
      return even.rebalance(Map$.MODULE$.from(CollectionConverters.asScala(held)), CollectionConverters.asScala(moving).toSet())
          .map(CollectionConverters::asJava, executor);
    }
    Set<Integer> onTheirWay = moving.stream().map(Integer::valueOf).collect(Collectors.toSet());
    return Future.successful(plan.moves(seats, onTheirWay, System.nanoTime() / 1_000_000).stream()
        .map(String::valueOf).collect(Collectors.toSet()));
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
