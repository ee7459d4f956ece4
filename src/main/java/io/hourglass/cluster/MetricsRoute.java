package io.hourglass.cluster;

import akka.actor.ExtendedActorSystem;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import akka.management.javadsl.ManagementRouteProvider;
import akka.management.javadsl.ManagementRouteProviderSettings;
import io.hourglass.telemetry.Counters;

/** {@code /metrics} on the management port, for Prometheus. Made by the management port from its configuration. */
public final class MetricsRoute implements ManagementRouteProvider {

  public MetricsRoute(ExtendedActorSystem system) {}

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return Directives.path("metrics", () -> Directives.get(() -> Directives.complete(Counters.NODE.exposition())));
  }
}
