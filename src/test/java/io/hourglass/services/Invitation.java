package io.hourglass.services;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** What there is to try once the node is ready: lines to paste into a shell. */
final class Invitation {
  private Invitation() {}

  /** For the sample streams. */
  static List<String> demo(URI api) {
    var base = base(api);
    var hour = base + "/v1/pipelines/%s/%s";
    return List.of(
        "",
        "API: " + base + "/openapi.yaml",
        "",
        "# what runs, and how far it is",
        "curl -s '" + base + "/v1/pipelines'",
        "# the nodes, and which of them holds what",
        "curl -s '" + base + "/v1/cluster'",
        "# one sensor, one hour",
        "curl -s '" + String.format(hour, "sensors", "entities/S1_Light/windows/2017-12-22T12:00:00Z") + "'",
        "# its last hours as CSV",
        "curl -s -H 'Accept: text/csv' '" + String.format(hour, "sensors", "entities/S1_Light/windows?limit=10") + "'",
        "# a page of a web site, now; keys may hold any character, percent-encoded",
        "curl -s '" + String.format(hour, "clicks", "entities/%2Fshuttle%2Fmissions%2Fmissions.html") + "'",
        "# keys",
        "curl -s '" + String.format(hour, "payments", "entities?prefix=G") + "'",
        "# alerts: those so far, and new ones as they come",
        "curl -s '" + base + "/v1/alerts?limit=5'",
        "curl -sN -H 'Accept: text/event-stream' '" + base + "/v1/alerts/stream?after=earliest'",
        "npx wscat -c '" + socket(base) + "/v1/alerts/stream?after=earliest'",
        "");
  }

  /** For a configuration we know nothing about. */
  static List<String> dev(URI api, String kafka) {
    var base = base(api);
    return Stream.of(
        "",
        "API: " + base + "/openapi.yaml    Kafka: " + kafka,
        "",
        "curl -s '" + base + "/v1/pipelines'",
        "curl -s '" + base + "/v1/cluster'",
        "npx wscat -c '" + socket(base) + "/v1/alerts/stream'",
        "").toList();
  }

  private static String base(URI api) {
    return api.toString().replaceFirst("/$", "");
  }

  private static String socket(String base) {
    return base.replaceFirst("^http", "ws");
  }
}
