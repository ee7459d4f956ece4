package io.hourglass.gather;

import akka.actor.ActorIdentity;
import akka.actor.ActorRef;
import akka.actor.ActorSelection;
import akka.actor.Identify;
import akka.actor.RootActorPath;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.pattern.Patterns;
import io.hourglass.query.Ranking;
import io.hourglass.query.WholeWindow;
import io.hourglass.query.WholeWindow.Missing;
import io.hourglass.query.WholeWindows;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Asks every node of the cluster for its part, all at once, and the read table for what none of them holds. Who asks the same at the
 * same time is answered together.
 */
public final class Gathering implements WholeWindows {
  private static final String NAME = "window-questions";
  private static final Duration FOUND = Duration.ofSeconds(2);
  private static final Duration ANSWERED = Duration.ofSeconds(12);
  /** So long a question waits for the same one that is under way. */
  private static final Duration WAITED_FOR = Duration.ofSeconds(2);
  private static final Set<MemberStatus> NOT_YET = Set.of(MemberStatus.joining(), MemberStatus.down());

  private final ActorSystem<?> system;
  private final Map<String, Pipeline> pipelines;
  private final NodeWindows own;
  private final Together<Asked, Part> together = new Together<>(this::gather, WAITED_FOR);

  private record Asked(String pipeline, long start, Ranking ranking) {}

  private Gathering(ActorSystem<?> system, Map<String, Pipeline> pipelines, NodeWindows own) {
    this.system = system;
    this.pipelines = pipelines;
    this.own = own;
  }

  /** From now on this node answers others, and its own people. */
  public static Gathering start(ActorSystem<?> system, List<Pipeline> pipelines, NodeWindows own) {
    Map<String, Pipeline> known = pipelines.stream().collect(Collectors.toMap(Pipeline::name, Function.identity()));
    system.systemActorOf(answering(known, own), NAME, Props.empty());
    return new Gathering(system, known, own);
  }

  private static Behavior<Question> answering(Map<String, Pipeline> pipelines, NodeWindows own) {
    return Behaviors.receiveMessage(question -> {
      Pipeline pipeline = pipelines.get(question.pipeline());
      if (pipeline == null) {
        question.replyTo().tell(Part.none());
      } else {
        own.part(pipeline, question.start(), question.ranking()).thenAccept(question.replyTo()::tell);
      }
      return Behaviors.same();
    });
  }

  @Override
  public CompletionStage<WholeWindow> window(Pipeline pipeline, long start, Ranking ranking) {
    return together.ask(new Asked(pipeline.name(), start, ranking)).thenApply(all -> {
      PartSum mine = new PartSum(pipeline, start, ranking);
      mine.add(all);
      return mine.whole();
    });
  }

  private CompletionStage<Part> gather(Asked asked) {
    return gather(pipelines.get(asked.pipeline()), asked.start(), asked.ranking());
  }

  private CompletionStage<Part> gather(Pipeline pipeline, long start, Ranking ranking) {
    Cluster cluster = Cluster.get(system);
    Set<Member> unreachable = cluster.state().getUnreachable();
    List<Member> members = StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .filter(member -> !NOT_YET.contains(member.status())).toList();
    List<CompletableFuture<Part>> parts = members.stream()
        .map(member -> part(member, unreachable, pipeline, start, ranking).exceptionally(late -> null).toCompletableFuture()).toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenCompose(done -> {
      PartSum sum = new PartSum(pipeline, start, ranking);
      boolean all = true;
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i).join();
        if (part == null) {
          all = false;
          sum.missing(new Missing(null, members.get(i).address().toString(), null, "the node did not answer in time"));
        } else {
          sum.add(part);
        }
      }
      return rest(sum, all, pipeline, start, ranking);
    });
  }

  /** Shards that no node has answered for: nobody holds them, or whoever does is silent. */
  private CompletionStage<Part> rest(PartSum sum, boolean allNodes, Pipeline pipeline, long start, Ranking ranking) {
    Set<Integer> left = IntStream.range(0, pipeline.shards()).boxed().filter(shard -> !sum.shards().contains(shard))
        .collect(Collectors.toCollection(TreeSet::new));
    Set<Integer> lost = left.stream().filter(shard -> !allNodes || sum.silent().contains(shard)).collect(Collectors.toCollection(TreeSet::new));
    if (lost.size() == pipeline.shards()) {
      throw new CompletionException(new TimeoutException("no shard of " + pipeline.name() + " answered"));
    }
    lost.forEach(shard -> sum.missing(new Missing(shard, null, null, "nobody answered for it in time")));
    left.removeAll(lost);
    if (left.isEmpty()) {
      return CompletableFuture.completedFuture(sum.part(sum.shards(), Set.of()));
    }
    return own.unheld(pipeline, start, ranking, left).thenApply(part -> {
      sum.add(part);
      return sum.part(sum.shards(), Set.of());
    });
  }

  private CompletionStage<Part> part(Member member, Set<Member> unreachable, Pipeline pipeline, long start, Ranking ranking) {
    if (member.address().equals(system.address())) {
      return own.part(pipeline, start, ranking);
    }
    if (unreachable.contains(member)) {
      return CompletableFuture.failedFuture(new TimeoutException("unreachable"));
    }
    ActorSelection place = system.classicSystem().actorSelection(new RootActorPath(member.address(), "/").child("system").child(NAME));
    return Patterns.ask(place, new Identify(NAME), FOUND).thenCompose(found -> ((ActorIdentity) found).getActorRef()
        .map(node -> ask(node, pipeline, start, ranking))
        .orElseGet(() -> nobody(member)));
  }

  /** A node that comes up holds no keys yet; one of an earlier release may hold many and does not know the question. */
  private CompletionStage<Part> nobody(Member member) {
    return member.appVersion().equals(Cluster.get(system).selfMember().appVersion())
        ? CompletableFuture.completedFuture(Part.none()) : CompletableFuture.failedFuture(new TimeoutException("another release"));
  }

  private CompletionStage<Part> ask(ActorRef node, Pipeline pipeline, long start, Ranking ranking) {
    return Patterns.askWithReplyTo(node, (ActorRef replyTo) -> new Question(pipeline.name(), start, ranking, Adapter.toTyped(replyTo)), ANSWERED)
        .thenApply(Part.class::cast);
  }
}
