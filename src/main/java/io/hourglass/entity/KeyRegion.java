package io.hourglass.entity;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.external.ExternalShardAllocation;
import akka.cluster.sharding.external.ExternalShardAllocationStrategy;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.ShardingMessageExtractor;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.window.KeyResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The sharded entities of one pipeline. When the record key is the entity key and the partition count
 * divides the shard count, each shard lives on the node that consumes its partition.
 */
public final class KeyRegion {
  private final ActorSystem<?> system;
  private final Pipeline pipeline;
  private final String typeName;
  private final ActorRef<ShardingEnvelope<Command>> region;

  private KeyRegion(ActorSystem<?> system, Pipeline pipeline, String typeName, ActorRef<ShardingEnvelope<Command>> region) {
    this.system = system;
    this.pipeline = pipeline;
    this.typeName = typeName;
    this.region = region;
  }

  /** Name of the sharding type of a pipeline. */
  public static String typeName(String pipeline) {
    return "keys-" + pipeline;
  }

  public static KeyRegion start(ActorSystem<?> system, Pipeline pipeline, Settings.Entities settings, KeyEntity.Kind kind) {
    String typeName = typeName(pipeline.name());
    EntityTypeKey<Command> type = EntityTypeKey.create(Command.class, typeName);
    Entity<Command, ShardingEnvelope<Command>> entity =
        Entity.of(type, context -> KeyEntity.create(kind, context.getEntityId()))
            .withStopMessage(new KeyProtocol.Stop())
            .withSettings(ClusterShardingSettings.create(system).withPassivationStrategy(passivation(settings)))
            .withMessageExtractor(new ByKey(pipeline.shards()));
    if (pipeline.key().isEmpty()) {
      entity = entity.withAllocationStrategy(ExternalShardAllocationStrategy.create(system, typeName));
    }
    return new KeyRegion(system, pipeline, typeName, ClusterSharding.get(system).init(entity));
  }

  private static ClusterShardingSettings.PassivationStrategySettings passivation(Settings.Entities settings) {
    return ClusterShardingSettings.PassivationStrategySettings$.MODULE$.defaults()
        .withActiveEntityLimit(settings.activeLimit())
        .withLeastRecentlyUsedReplacement();
  }

  public void tell(String key, Command command) {
    region.tell(new ShardingEnvelope<>(key, command));
  }

  /** The key now; fails with a {@code TimeoutException} when its entity does not answer in time. */
  public CompletionStage<KeyResult> get(String key, boolean durable, Duration timeout) {
    return AskPattern.ask(
        region, replyTo -> new ShardingEnvelope<Command>(key, new KeyProtocol.Get(durable, replyTo)), timeout, system.scheduler());
  }

  /**
   * Draws the shards of a partition to this node, which consumes it now. Returns false, having done nothing, while a
   * member is unreachable: it may be the one that has the shards, and to ask it for them would only take until it has
   * not answered. When it is removed, its shards are anyone's.
   */
  public boolean host(int partition, int partitions) {
    if (pipeline.key().isPresent() || !Shards.aligned(pipeline.shards(), partitions)) {
      return true;
    }
    if (!Cluster.get(system).state().getUnreachable().isEmpty()) {
      return false;
    }
    Address here = Cluster.get(system).selfMember().address();
    Map<String, Address> locations = new HashMap<>();
    for (int shard = partition; shard < pipeline.shards(); shard += partitions) {
      locations.put(Integer.toString(shard), here);
    }
    ExternalShardAllocation.get(system).getClient(typeName).setShardLocations(locations)
        .whenComplete((done, failure) -> {
          if (failure != null) {
            system.log().warn("{}: shards of partition {} stay where they are: {}", pipeline.name(), partition, failure.toString());
          }
        });
    return true;
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
