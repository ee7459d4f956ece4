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

  /**
   * How the keys were asked.
   *
   * @param silent keys that did not answer in time
   * @param without shards with a key in memory that holds nothing of the window: perhaps no more
   */
  public record Collected(List<String> silent, Set<Integer> without) {}

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
   * Asks every key in memory, then those at rest. One that is woken meanwhile is told as it was at rest: what wakes it came after the
   * question.
   *
   * @param collector told of every key; of one that leaves meanwhile perhaps twice: the first time counts
   */
  public CompletionStage<Collected> collect(long start, Tenures tenures, WindowPoll.Collector collector, Duration patience) {
    if (tenures.silent().isEmpty()) {
      keys.resting().keep(tenures.held().values());
    }
    RestingKeys.Following following = keys.resting().follow();
    Set<Integer> without = ConcurrentHashMap.newKeySet();
    WindowPoll poll = keys.poll(start, (key, share) -> {
      if (share == null) {
        without.add(Shards.of(key, pipeline.shards()));
      }
      collector.key(key, share);
    });
    poll.begin();
    return finish(poll, System.nanoTime() + patience.toNanos()).thenApply(all -> {
      for (RestingKeys.Rest rest : keys.resting().found(following)) {
        tell(rest, tenures.held().get(Shards.of(rest.key(), pipeline.shards())), start, collector);
      }
      return new Collected(all ? List.of() : poll.waitedFor(), without);
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

  /** Returns whether what rests holds in this tenure. */
  private boolean tell(RestingKeys.Rest rest, Long tenure, long start, WindowPoll.Collector collector) {
    boolean holds = tenure != null && tenure == rest.tenure();
    if (holds) {
      collector.key(rest.key(), rest.held().share(start, durable(rest.held())));
    }
    return holds;
  }

  private long durable(RestingKey key) {
    return Arrays.stream(key.partitions()).mapToLong(watermarks::durable).min().orElse(Watermark.NONE);
  }

  /** Whether the read table may know keys of this window that have left memory here in this tenure and are not at rest any more. */
  public boolean tableTellsMore(long tenure, long start) {
    return keys.resting().tellsLessThanTable(tenure, start);
  }

  /**
   * Tells of one key that was not collected: asks it if it has come to memory, looks where it rests if it has left that again, else
   * reads it from the journal and remembers what it holds.
   *
   * @param tenure of its shard; null when no node holds that: then nothing is remembered
   */
  public CompletionStage<Void> one(String key, Long tenure, long start, WindowPoll.Collector collector, Duration patience) {
    RestingKeys.Following following = keys.resting().follow();
    Optional<WindowPoll> poll = keys.poll(key, start, collector);
    if (poll.isPresent()) {
      poll.get().begin();
      return finish(poll.get(), System.nanoTime() + patience.toNanos()).thenAccept(all -> {
        keys.resting().found(following, key).forEach(rest -> tell(rest, tenure, start, collector));
        inTime(all);
      });
    }
    boolean told = keys.resting().found(following, key).stream().anyMatch(rest -> tell(rest, tenure, start, collector));
    return told ? CompletableFuture.completedFuture(null) : stored(key, tenure, start, collector, patience);
  }

  private CompletionStage<Void> stored(String key, Long tenure, long start, WindowPoll.Collector collector, Duration patience) {
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
