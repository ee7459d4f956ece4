package io.hourglass.cluster;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import akka.management.cluster.bootstrap.ClusterBootstrap;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** How a node gets into a cluster, and when it is in. */
public final class Membership {
  private static final Duration REMINDER = Duration.ofSeconds(10);

  private Membership() {}

  /**
   * Joins the cluster that discovery finds, or forms one with the nodes that it finds; goes on until there are enough.
   * The management port must be bound: the others ask there.
   */
  public static void discover(ActorSystem<?> system) {
    ClusterBootstrap.get(system.classicSystem()).start();
  }

  /** Joins {@code akka.cluster.seed-nodes}, which Akka does by itself; a node that is given none is a cluster of its own. */
  public static void joinSeedNodes(ActorSystem<?> system) {
    boolean alone = system.settings().config().getStringList("akka.cluster.seed-nodes").isEmpty();
    if (alone) {
      Cluster cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
  }

  /** Whether there are other members, which could take over what this node owns. */
  public static boolean others(ActorSystem<?> system) {
    return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false).skip(1).findAny().isPresent();
  }

  /** Whether this node shuts down because the cluster has put it out. */
  public static boolean putOut(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system).getShutdownReason().filter(CoordinatedShutdown.clusterDowningReason()::equals).isPresent();
  }

  /**
   * Completes when this node is a full member; before that it has no business with partitions. Until then it says
   * every ten seconds what it waits for.
   *
   * @param awaited for people
   */
  public static CompletionStage<Done> up(ActorSystem<?> system, String awaited) {
    CompletableFuture<Done> up = new CompletableFuture<>();
    Behavior<Object> listener = Behaviors.withTimers(timers -> {
      timers.startTimerWithFixedDelay(Done.getInstance(), REMINDER);
      return Behaviors.receive(Object.class)
          .onMessage(Done.class, later -> {
            system.log().warn("not in a cluster yet; looking on (expected: {})", awaited);
            return Behaviors.same();
          })
          .onMessage(SelfUp.class, self -> {
            up.complete(Done.getInstance());
            return Behaviors.stopped();
          })
          .build();
    });
    ActorRef<Object> told = system.systemActorOf(listener, "self-up", Props.empty());
    Cluster.get(system).subscriptions().tell(Subscribe.create(told.narrow(), SelfUp.class));
    return up;
  }
}
