package io.hourglass.entity;

import akka.Done;
import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How the shards of a pipeline leave a node that reads no more, before it leaves itself: to the nodes that read their
 * partitions now. Until then their keys are answered for here.
 */
final class HandOver {
  private static final Duration LOOK = Duration.ofMillis(200);
  /** By then others read the partitions of a node that leaves, and are known to. */
  private static final Duration TAKEN_UP = Duration.ofSeconds(6);
  /** A shard that nobody sends anything to arrives nowhere. */
  private static final Duration ARRIVAL = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final String pipeline;
  private final Readers readers;
  private final Set<Integer> gone = new TreeSet<>();

  HandOver(ActorSystem<?> system, String pipeline, Readers readers) {
    this.system = system;
    this.pipeline = pipeline;
    this.readers = readers;
  }

  /** Completes when they are there, or some time after {@code patience}. Shards that nobody else begins to read are not waited for long. */
  CompletionStage<Done> run(Duration patience) {
    return leave(System.nanoTime(), patience);
  }

  private CompletionStage<Done> leave(long since, Duration patience) {
    return ShardsHeld.on(system, pipeline, own(), LOOK.multipliedBy(2)).handle((held, late) -> held).thenCompose(held -> {
      long waited = System.nanoTime() - since;
      boolean leaving = held == null || held.keySet().stream().anyMatch(shard -> leaves(shard, waited));
      note(held);
      return leaving && waited < patience.toNanos() ? later(() -> leave(since, patience)) : arrive(System.nanoTime());
    });
  }

  private void note(Map<Integer, Integer> held) {
    if (held != null) {
      gone.addAll(held.keySet());
    }
  }

  /** Whether a shard is about to leave: another node reads its partition, or may begin to. */
  private boolean leaves(int shard, long waited) {
    return waited < TAKEN_UP.toNanos() || readers.of(shard).filter(node -> !node.equals(own().toString())).isPresent();
  }

  /** The coordinator may live here: shards that it has not given a new place when it goes wait for its successor. */
  private CompletionStage<Done> arrive(long since) {
    return elsewhere().thenCompose(held -> held.containsAll(gone) || System.nanoTime() - since >= ARRIVAL.toNanos()
        ? CompletableFuture.completedFuture(Done.getInstance())
        : later(() -> arrive(since)));
  }

  private CompletionStage<Set<Integer>> elsewhere() {
    CompletionStage<Set<Integer>> all = CompletableFuture.completedFuture(new TreeSet<>());
    for (Member member : Cluster.get(system).state().getMembers()) {
      if (!member.address().equals(own())) {
        all = all.thenCombine(ShardsHeld.on(system, pipeline, member.address(), LOOK).exceptionally(late -> Map.of()), (shards, held) -> {
          shards.addAll(held.keySet());
          return shards;
        });
      }
    }
    return all;
  }

  private Address own() {
    return system.address();
  }

  private CompletionStage<Done> later(Callable<CompletionStage<Done>> look) {
    return Patterns.after(LOOK, system.classicSystem(), look);
  }
}
