package io.hourglass.entity;

import akka.actor.ActorIdentity;
import akka.actor.ActorRef;
import akka.actor.ActorSelection;
import akka.actor.Identify;
import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeyResult;
import io.hourglass.window.RestingKey;
import io.hourglass.window.Watermark;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * One window of all keys of a pipeline that this node is to answer for: those in memory are asked, those that have left it are
 * looked up where they rest, others can be read from the journal.
 */
public final class LocalWindows {
  private static final Duration IDENTIFIED = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final ActorSystem<?> system;
  private final Pipeline pipeline;
  private final KeyRegion region;
  private final LocalKeys keys;
  private final KeyEntity.Watermarks watermarks;

  public LocalWindows(ActorSystem<?> system, Pipeline pipeline, KeyEntity.Kind kind, KeyRegion region) {
    this.system = system;
    this.pipeline = pipeline;
    this.region = region;
    this.keys = kind.local();
    this.watermarks = kind.watermarks();
  }

  /** Which shards are here, in which tenure. Never fails. */
  public CompletionStage<Tenures> tenures() {
    Map<Integer, Long> held = new ConcurrentHashMap<>();
    Set<Integer> silent = ConcurrentHashMap.newKeySet();
    CompletableFuture<?>[] asked = IntStream.range(0, pipeline.shards()).mapToObj(shard -> identity(shard)
        .handle((ref, late) -> {
          if (late != null) {
            silent.add(shard);
          } else {
            ref.ifPresent(here -> held.put(shard, (long) here.path().uid()));
          }
          return null;
        }).toCompletableFuture()).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(asked).thenApply(done -> new Tenures(Map.copyOf(held), Set.copyOf(silent)));
  }

  private CompletionStage<Optional<ActorRef>> identity(int shard) {
    ActorSelection place = system.classicSystem().actorSelection("/system/sharding/" + KeyRegion.typeName(pipeline.name()) + "/" + shard);
    return Patterns.ask(place, new Identify(shard), IDENTIFIED).thenApply(answer -> ((ActorIdentity) answer).getActorRef());
  }

  /**
   * Asks every key in memory, then those at rest.
   *
   * @param collector told of every key; of one that leaves meanwhile perhaps twice
   * @return keys that did not answer in time
   */
  public CompletionStage<List<String>> collect(long start, Tenures tenures, WindowPoll.Collector collector, Duration patience) {
    WindowPoll poll = keys.poll(start, collector);
    poll.begin();
    return finish(poll, System.nanoTime() + patience.toNanos()).thenApply(all -> {
      rest(start, tenures, collector);
      return all ? List.<String>of() : poll.waitedFor();
    });
  }

  private CompletionStage<Boolean> finish(WindowPoll poll, long until) {
    CompletableFuture<Boolean> answered = poll.answered().thenApply(done -> true).toCompletableFuture();
    Runnable look = () -> {
      if (!answered.isDone() && !keys.passOver(poll) && System.nanoTime() >= until) {
        answered.complete(false);
      }
    };
    var looking = system.scheduler().scheduleWithFixedDelay(LOOK, LOOK, look, system.executionContext());
    answered.whenComplete((done, failure) -> looking.cancel());
    return answered;
  }

  private void rest(long start, Tenures tenures, WindowPoll.Collector collector) {
    for (RestingKeys.Rest rest : keys.resting().all()) {
      Long tenure = tenures.held().get(Shards.of(rest.key(), pipeline.shards()));
      if (tenure != null && tenure == rest.tenure()) {
        collector.key(rest.key(), rest.held().share(start, durable(rest.held())));
      }
    }
  }

  private long durable(RestingKey key) {
    return Arrays.stream(key.partitions()).mapToLong(watermarks::durable).min().orElse(Watermark.NONE);
  }

  /** Whether the read table may know keys of this window that have left memory here and are not at rest any more. */
  public boolean tableTellsMore(long start) {
    return keys.resting().tellsLessThanTable(start);
  }

  /**
   * Tells of one key that was not collected: asks it if it has come to memory, else reads it from the journal and remembers
   * what it holds.
   *
   * @param tenure of its shard; null when no node holds that: then nothing is remembered
   */
  public CompletionStage<Void> one(String key, Long tenure, long start, WindowPoll.Collector collector, Duration patience) {
    Optional<WindowPoll> poll = keys.poll(key, start, collector);
    if (poll.isPresent()) {
      poll.get().begin();
      return finish(poll.get(), System.nanoTime() + patience.toNanos()).thenAccept(LocalWindows::inTime);
    }
    if (tenure != null) {
      keys.lookFor(key);
    }
    return StoredKey.read(system, pipeline.name(), key, pipeline.keys(), patience).thenAccept(found -> {
      if (tenure != null) {
        keys.lookedAt(key, found, tenure);
      }
      collector.key(key, found.share(start, durable(found)));
    });
  }

  /** Brings the shard of a key that exists to a node, by waking this one: what is read of the others is remembered from then on. */
  public void settle(String key) {
    region.tell(key, new KeyProtocol.Get(false, system.<KeyResult>ignoreRef()));
  }

  private static void inTime(boolean all) {
    if (!all) {
      throw new CompletionException(new TimeoutException("a key did not answer"));
    }
  }
}
