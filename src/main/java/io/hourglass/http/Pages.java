package io.hourglass.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;

/** What is served as it lies in the jar: the dashboard and the OpenAPI document. */
final class Pages extends AllDirectives {
  private static final ContentType YAML = ContentTypes.parse("application/yaml");

  private final Packed api = Packed.read("/openapi.yaml", YAML).orElseThrow();
  private final Dashboard dashboard = new Dashboard();

  Route route() {
    return concat(dashboard.route(), path("openapi.yaml", () -> get(() -> complete(api.response()))));
  }
}
