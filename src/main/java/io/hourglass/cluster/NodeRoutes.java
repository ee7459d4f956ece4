package io.hourglass.cluster;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.actor.CoordinatedShutdown;
import akka.actor.ExtendedActorSystem;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RetryAfter;
import akka.http.javadsl.server.Route;
import akka.management.HealthCheckSettings;
import akka.management.javadsl.CheckResult;
import akka.management.javadsl.HealthChecks;
import akka.management.javadsl.ManagementRouteProvider;
import akka.management.javadsl.ManagementRouteProviderSettings;
import io.hourglass.telemetry.Counters;
import java.util.concurrent.CompletionStage;

/**
 * On the management port: {@code /alive}, {@code /ready}, {@code /metrics} for Prometheus. The library's own routes
 * answer 500 when a node is not ready, which is not a failure: here it is 503. Made by the management port
 * from its configuration.
 */
public final class NodeRoutes implements ManagementRouteProvider {
  private static final long RETRY_SECONDS = 2;

  private final HealthChecks checks;
  private final CoordinatedShutdown shutdown;

  public NodeRoutes(ExtendedActorSystem system) {
    shutdown = CoordinatedShutdown.get(system);
    checks = new HealthChecks(
        system, HealthCheckSettings.create(system.settings().config().getConfig("akka.management.health-checks")));
  }

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return concat(
        path("alive", () -> get(() -> completeWithFuture(answer(checks.aliveResult())))),
        path("ready", () -> get(() -> leaving() ? complete(unavailable("the node is leaving")) : completeWithFuture(answer(checks.readyResult())))),
        path("metrics", () -> get(() -> complete(Counters.NODE.exposition()))));
  }

  private static CompletionStage<HttpResponse> answer(CompletionStage<CheckResult> checked) {
    return checked.handle((result, failure) -> failure == null && result.isSuccess()
        ? HttpResponse.create().withEntity("OK")
        : unavailable("sharding, Cassandra or Kafka does not answer"));
  }

  private static HttpResponse unavailable(String why) {
    return HttpResponse.create()
        .withStatus(StatusCodes.SERVICE_UNAVAILABLE)
        .addHeader(RetryAfter.create(RETRY_SECONDS))
        .withEntity("not ready: " + why);
  }

  /** From the first moment of a shutdown on nobody new should be sent here. */
  private boolean leaving() {
    return shutdown.getShutdownReason().isPresent();
  }
}
