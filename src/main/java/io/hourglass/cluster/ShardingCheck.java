package io.hourglass.cluster;

import akka.actor.ActorSystem;
import akka.cluster.sharding.ClusterShardingHealthCheck;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import scala.jdk.javaapi.FutureConverters;

/** Readiness: every pipeline's entities are started and registered; Akka's check, which fails while they are not. */
public final class ShardingCheck implements Supplier<CompletionStage<Boolean>> {
  private final ClusterShardingHealthCheck check;

  public ShardingCheck(ActorSystem system) {
    check = new ClusterShardingHealthCheck(system);
  }

  @Override
  public CompletionStage<Boolean> get() {
    try {
      return FutureConverters.asJava(check.apply()).handle((registered, failure) -> failure == null && (Boolean) registered);
    } catch (RuntimeException notStarted) {
      return CompletableFuture.completedFuture(false);
    }
  }
}
