package io.hourglass.services;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The nodes that the launcher starts: one, or a cluster whose nodes find each other at fixed addresses. */
final class DemoNodes {
  private final DemoSettings settings;
  private final KafkaBroker kafka;
  private final CassandraServer cassandra;

  DemoNodes(DemoSettings settings, KafkaBroker kafka, CassandraServer cassandra) {
    this.settings = settings;
    this.kafka = kafka;
    this.cassandra = cassandra;
  }

  /** Not started. The first creates the schema, the others wait for it. */
  List<NodeProcess> all() {
    return IntStream.range(0, settings.nodes()).mapToObj(this::node).toList();
  }

  private NodeProcess node(int index) {
    var alone = settings.nodes() == 1;
    return new NodeProcess(alone ? "Hourglass" : "Hourglass-" + (index + 1), settings.data()).services(kafka, cassandra)
        .ports(settings.httpPort() + index, settings.managementPort() + index, settings.remotePort() + index)
        .options(alone ? "-Xmx1g" : "-Xmx512m", "-XX:+ExitOnOutOfMemoryError")
        .property("hourglass.cassandra.create-schema", index == 0 ? "on" : "off")
        .property("hourglass.cluster.discovery", alone ? "none" : "config")
        .property("hourglass.cluster.endpoints", alone ? "" : endpoints())
        .property("hourglass.cluster.contact-points", Integer.toString(settings.nodes() / 2 + 1))
        .property("logback.configurationFile", Checkout.path("conf/logback.xml").toString())
        .properties(settings.node()).configuration(settings.configuration());
  }

  private String endpoints() {
    return IntStream.range(0, settings.nodes())
        .mapToObj(index -> Port.HOST + ":" + (settings.managementPort() + index))
        .collect(Collectors.joining(","));
  }

  /** Fails with one line when a port of a node is in use. */
  void requirePorts() {
    for (var index = 0; index < settings.nodes(); index++) {
      Port.requireFree(settings.httpPort() + index, "API", "Set HOURGLASS_HTTP_PORT to another one.");
      Port.requireFree(settings.managementPort() + index, "management", "Set HOURGLASS_MANAGEMENT_PORT to another one.");
      Port.requireFree(settings.remotePort() + index, "remoting", "Set HOURGLASS_REMOTE_PORT to another one.");
    }
  }
}
