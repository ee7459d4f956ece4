package io.hourglass.cluster;

import akka.Done;
import akka.actor.ActorSystem;
import akka.actor.CoordinatedShutdown;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/**
 * Readiness: Kafka answers. One client for the life of the system; an answer holds for a second, so that
 * frequent probes cost nothing. Made by the management port from its configuration.
 */
public final class KafkaCheck implements Supplier<CompletionStage<Boolean>> {
  private static final int TIMEOUT_MS = 800;

  private final Admin admin;
  private final RecentAnswer answer;
  private final Reach reach;

  public KafkaCheck(ActorSystem system) {
    admin = Admin.create(Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, system.settings().config().getString("hourglass.kafka.servers"),
        AdminClientConfig.CLIENT_ID_CONFIG, "hourglass-health",
        AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000));
    reach = new Reach("kafka " + system.settings().config().getString("hourglass.kafka.servers"));
    answer = new RecentAnswer(Duration.ofSeconds(1), System::nanoTime, this::ask);
    CoordinatedShutdown.get(system).addTask(
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "close-kafka-health", this::close);
  }

  @Override
  public CompletionStage<Boolean> get() {
    return answer.get();
  }

  private CompletionStage<Boolean> ask() {
    return reach.of(admin.describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MS)).nodes().toCompletionStage());
  }

  private CompletionStage<Done> close() {
    return CompletableFuture.supplyAsync(() -> {
      admin.close(Duration.ofSeconds(1));
      return Done.getInstance();
    });
  }
}
