package io.hourglass.entity;

import akka.actor.ActorSelection;
import akka.actor.Address;
import akka.actor.RootActorPath;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.sharding.ShardRegion.ShardRegionStats;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The shards that a node holds. Each node is asked for its own: Akka's answer for the whole cluster is empty as soon as
 * one node is late.
 */
public final class ShardsHeld {
  private ShardsHeld() {}

  /**
   * Keys in memory by shard, null for a shard that was too busy to say; fails with an {@code AskTimeoutException} when
   * the node does not answer, or has not come to the pipeline yet.
   */
  public static CompletionStage<Map<Integer, Integer>> on(ActorSystem<?> system, String pipeline, Address node, Duration wait) {
    ActorSelection region = system.classicSystem().actorSelection(
        new RootActorPath(node, "/").child("system").child("sharding").child(KeyRegion.typeName(pipeline)));
    return Patterns.ask(region, ShardRegion.getRegionStatsInstance(), wait).thenApply(stats -> byShard((ShardRegionStats) stats));
  }

  private static Map<Integer, Integer> byShard(ShardRegionStats stats) {
    Map<Integer, Integer> keys = new TreeMap<>();
    CollectionConverters.asJava(stats.failed()).forEach(shard -> keys.put(Integer.valueOf(shard), null));
    stats.getStats().forEach((shard, count) -> keys.put(Integer.valueOf(shard), (Integer) count));
    return keys;
  }
}
