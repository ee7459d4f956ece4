package io.hourglass.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import io.hourglass.entity.ShardsHeld;
import io.hourglass.query.ClusterState;
import io.hourglass.query.ClusterState.Placement;
import io.hourglass.query.ClusterStatus;
import io.hourglass.query.PipelineStatus;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Asks every member which shards it holds, all at once, and puts what comes in time beside the partitions they read. */
public final class Survey implements ClusterStatus {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Set<MemberStatus> NOT_YET = Set.of(MemberStatus.joining(), MemberStatus.down());

  private final ActorSystem<?> system;
  private final List<Pipeline> pipelines;
  private final PipelineStatus status;

  public Survey(ActorSystem<?> system, List<Pipeline> pipelines, PipelineStatus status) {
    this.system = system;
    this.pipelines = List.copyOf(pipelines);
    this.status = status;
  }

  @Override
  public CompletionStage<ClusterState> now() {
    Cluster cluster = Cluster.get(system);
    CurrentClusterState state = cluster.state();
    List<Member> members = StreamSupport.stream(state.getMembers().spliterator(), false).sorted(Survey::byAge).toList();
    List<CompletableFuture<Placement>> placements =
        pipelines.stream().map(pipeline -> placement(pipeline, members, state.getUnreachable()).toCompletableFuture()).toList();
    return CompletableFuture.allOf(placements.toArray(CompletableFuture[]::new)).thenApply(done -> new ClusterState(
        cluster.selfMember().address().toString(), Optional.ofNullable(state.getLeader()).map(Address::toString).orElse(null),
        members.stream().map(member -> told(member, state.getUnreachable())).toList(),
        placements.stream().map(CompletableFuture::join).toList()));
  }

  private static int byAge(Member one, Member other) {
    return one.isOlderThan(other) ? -1 : other.isOlderThan(one) ? 1 : one.address().toString().compareTo(other.address().toString());
  }

  private static ClusterState.Member told(Member member, Set<Member> unreachable) {
    return new ClusterState.Member(
        member.address().toString(), member.uniqueAddress().longUid(), member.appVersion().toString(),
        member.status().toString().toLowerCase(Locale.ROOT), !unreachable.contains(member),
        member.getRoles().stream().filter(role -> !role.startsWith("dc-")).sorted().toList());
  }

  private CompletionStage<Placement> placement(Pipeline pipeline, List<Member> members, Set<Member> unreachable) {
    Map<String, CompletableFuture<Map<Integer, Integer>>> asked = new TreeMap<>();
    for (Member member : members) {
      if (!NOT_YET.contains(member.status())) {
        asked.put(member.address().toString(), unreachable.contains(member) ? unanswered() : held(pipeline, member.address()));
      }
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenCombine(status.partitions(pipeline), (answered, partitions) -> {
          Placing placing = new Placing(pipeline.name(), pipeline.shards());
          members.forEach(member -> placing.node(member.address().toString()));
          asked.forEach((node, held) -> placing.held(node, held.join()));
          partitions.forEach(partition -> placing.read(partition.partition(), partition.node()));
          return placing.placement();
        });
  }

  /** Null when it does not answer in time. */
  private CompletableFuture<Map<Integer, Integer>> held(Pipeline pipeline, Address node) {
    return ShardsHeld.on(system, pipeline.name(), node, WAIT).exceptionally(late -> null).toCompletableFuture();
  }

  private static CompletableFuture<Map<Integer, Integer>> unanswered() {
    return CompletableFuture.completedFuture(null);
  }
}
