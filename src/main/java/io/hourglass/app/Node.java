package io.hourglass.app;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.hourglass.cluster.Membership;
import io.hourglass.ingest.PipelineConsumer;
import io.hourglass.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The guardian of a node: opens the front, joins the cluster, waits for Kafka and Cassandra, starts the pipelines, says when it is ready. */
final class Node extends AbstractBehavior<Node.Command> {
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(25);

  interface Command {}

  private record Started(Parts parts) implements Command {}

  private record Drain(ActorRef<Done> replyTo) implements Command {}

  private final Settings settings;
  private final List<ActorRef<PipelineConsumer.Command>> consumers = new ArrayList<>();
  /** Null until Kafka, Cassandra and a cluster are there. */
  private Parts parts;
  private boolean draining;

  static Behavior<Command> create(Settings settings) {
    return Behaviors.setup(context -> new Node(settings, context));
  }

  private Node(Settings settings, ActorContext<Command> context) {
    super(context);
    this.settings = settings;
    ActorSystem<?> system = context.getSystem();
    Front front = Front.open(system, settings);
    front.managed().thenRun(() -> join(system, settings.cluster().discovery()));
    Parts.prepare(system, settings, front)
        .thenCombine(Membership.up(system, awaited(settings.cluster())), (parts, up) -> parts)
        .thenCompose(Parts::warmedUp)
        .thenAccept(parts -> context.getSelf().tell(new Started(parts)))
        .exceptionally(failure -> {
          system.log().error("the node could not start", failure);
          return null;
        });
    drainFirst(system, context.getSelf());
  }

  private static void join(ActorSystem<?> system, Settings.Discovery discovery) {
    if (discovery == Settings.Discovery.NONE) {
      Membership.joinSeedNodes(system);
    } else {
      Membership.discover(system);
    }
  }

  private static String awaited(Settings.Cluster cluster) {
    return cluster.discovery() == Settings.Discovery.NONE
        ? "one of akka.cluster.seed-nodes answers"
        : "discovery " + cluster.discovery().configName() + " finds a cluster, or " + cluster.contactPoints() + " nodes to form one";
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Started.class, this::started).onMessage(Drain.class, this::drain).build();
  }

  private Behavior<Command> started(Started started) {
    if (draining) {
      return this;
    }
    parts = started.parts();
    parts.consumers().forEach((name, consumer) -> consumers.add(getContext().spawn(consumer, "consumer-" + name)));
    parts.sayWhenReady();
    return this;
  }

  /**
   * Before anything else stops, reading does, everything read becomes durable and is committed, and the keys follow
   * their partitions to other nodes. Not when the cluster has put this node out: others have its keys by then, and it
   * would write and commit on their behalf.
   */
  private static void drainFirst(ActorSystem<?> system, ActorRef<Command> self) {
    CoordinatedShutdown.get(system).addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "drain", () -> {
      if (Membership.putOut(system)) {
        Main.end("put out of the cluster: its keys are with other nodes; start it again");
      }
      return AskPattern.<Command, Done>ask(self, Drain::new, DRAIN_TIMEOUT, system.scheduler()).exceptionally(late -> Done.getInstance());
    });
  }

  private Behavior<Command> drain(Drain drain) {
    draining = true;
    List<CompletableFuture<Done>> drained = consumers.stream()
        .map(consumer -> AskPattern.<PipelineConsumer.Command, Done>ask(
            consumer, PipelineConsumer.Drain::new, DRAIN_TIMEOUT, getContext().getSystem().scheduler()).toCompletableFuture())
        .toList();
    CompletionStage<Void> all = CompletableFuture.allOf(drained.toArray(CompletableFuture[]::new))
        .thenCompose(done -> parts == null ? CompletableFuture.completedFuture(null) : parts.handOver());
    all.whenComplete((done, failure) -> drain.replyTo().tell(Done.getInstance()));
    return this;
  }
}
