package io.hourglass.entity;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.ShardingMessageExtractor;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.window.KeyResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The sharded entities of one pipeline. When the record key is the entity key and the partition count
 * divides the shard count, each shard lives on the node that consumes its partition; else Akka's strategy evens them out.
 */
public final class KeyRegion {
  /**
   * When a question is asked again, in milliseconds after the first time: sharding drops what it holds for a shard that is
   * handed off, so a question may be lost twice within a second.
   */
  private static final long[] AGAIN_MS =
      {250, 500, 750, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500, 3_000, 3_500, 4_000, 5_000, 10_000, 20_000, 40_000};

  private final ActorSystem<?> system;
  private final Pipeline pipeline;
  private final Readers readers;
  private final ActorRef<ShardingEnvelope<Command>> region;
  private final LocalKeys local;

  private KeyRegion(ActorSystem<?> system, Pipeline pipeline, Readers readers, LocalKeys local, ActorRef<ShardingEnvelope<Command>> region) {
    this.system = system;
    this.pipeline = pipeline;
    this.readers = readers;
    this.local = local;
    this.region = region;
  }

  /** Name of the sharding type of a pipeline. */
  public static String typeName(String pipeline) {
    return "keys-" + pipeline;
  }

  public static KeyRegion start(ActorSystem<?> system, Pipeline pipeline, Settings.Entities settings, KeyEntity.Kind kind,
      Readers readers) {
    EntityTypeKey<Command> type = EntityTypeKey.create(Command.class, typeName(pipeline.name()));
    Entity<Command, ShardingEnvelope<Command>> entity =
        Entity.of(type, context -> KeyEntity.create(kind, context.getEntityId(), context.getShard()))
            .withStopMessage(new KeyProtocol.Stop())
            .withSettings(ClusterShardingSettings.create(system).withPassivationStrategy(passivation(settings)))
            .withMessageExtractor(new ByKey(pipeline.shards()));
    if (pipeline.key().isEmpty()) {
      entity = entity.withAllocationStrategy(new FollowReaders(system, pipeline.shards(), readers));
    }
    return new KeyRegion(system, pipeline, readers, kind.local(), ClusterSharding.get(system).init(entity));
  }

  private static ClusterShardingSettings.PassivationStrategySettings passivation(Settings.Entities settings) {
    return ClusterShardingSettings.PassivationStrategySettings$.MODULE$.defaults()
        .withActiveEntityLimit(settings.activeLimit())
        .withLeastRecentlyUsedReplacement();
  }

  public void tell(String key, Command command) {
    region.tell(new ShardingEnvelope<>(key, command));
  }

  /** Whether a key is in memory on this node. */
  public boolean isHere(String key) {
    return local.contains(key);
  }

  /** Tells every key that is in memory on this node. */
  public void tellAllHere(Command command) {
    local.tellAll(command);
  }

  /** Past sharding to a key in memory on this node; returns whether it is there. Sharding does not notice that the key is in use. */
  public boolean tellHere(String key, Command command) {
    return local.tell(key, command);
  }

  /** The key now; fails with a {@code TimeoutException} when its entity does not answer in time. */
  public CompletionStage<KeyResult> get(String key, boolean durable, Duration timeout) {
    return ask(key, replyTo -> new KeyProtocol.Get(durable, replyTo), timeout);
  }

  /** The key's rolling window of {@code length} milliseconds, alone; fails as {@link #get} does. */
  public CompletionStage<KeyResult> rolling(String key, long length, boolean durable, Duration timeout) {
    return ask(key, replyTo -> new KeyProtocol.GetRolling(length, durable, replyTo), timeout);
  }

  /** The key's windows now, to be added up; fails as {@link #get} does. */
  public CompletionStage<KeyProtocol.Stored> stored(String key, boolean durable, Duration timeout) {
    return ask(key, replyTo -> new KeyProtocol.GetStored(durable, replyTo), timeout);
  }

  private <A> CompletionStage<A> ask(String key, Function<ActorRef<A>, Command> question, Duration timeout) {
    return AskAgain.<ShardingEnvelope<Command>, A>ask(region,
        replyTo -> new ShardingEnvelope<>(key, question.apply(replyTo)), LongStream.of(AGAIN_MS), timeout, system);
  }

  /** Reads a key from the journal as its recovery does, for the sake of reading it: what a JVM has done before it does faster. */
  public CompletionStage<Done> rehearse(String key, Duration timeout) {
    return StoredKey.read(system, pipeline.name(), key, pipeline.keys(), timeout).thenApply(read -> Done.getInstance());
  }

  /** Completes when the shards that follow the readers of their partitions have left this node, which reads no more: {@link HandOver}. */
  public CompletionStage<Done> left(Duration patience) {
    return pipeline.key().isPresent() || !readers.followed()
        ? CompletableFuture.completedFuture(Done.getInstance())
        : new HandOver(system, pipeline.name(), readers).run(patience);
  }

  /** Shard = murmur2(key) mod shards. */
  private static final class ByKey extends ShardingMessageExtractor<ShardingEnvelope<Command>, Command> {
    private final int shards;

    ByKey(int shards) {
      this.shards = shards;
    }

    @Override
    public String entityId(ShardingEnvelope<Command> envelope) {
      return envelope.entityId();
    }

    @Override
    public String shardId(String key) {
      return Integer.toString(Shards.of(key, shards));
    }

    @Override
    public Command unwrapMessage(ShardingEnvelope<Command> envelope) {
      return envelope.message();
    }
  }
}
