package io.hourglass.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyRegion;
import io.hourglass.settings.Settings;
import java.util.List;
import java.util.Map;

/** The configuration that Akka and the Cassandra driver see: the user's, then {@code node.conf}, then all defaults. */
final class NodeConfig {
  private NodeConfig() {}

  static Config of(Settings settings) {
    List<String> contactPoints = settings.cassandra().contactPoints().stream()
        .map(address -> address.getHostString() + ":" + address.getPort())
        .toList();
    List<String> regions = settings.pipelines().stream().map(pipeline -> KeyRegion.typeName(pipeline.name())).toList();
    Config known = ConfigFactory.parseMap(Map.of(
        "datastax-java-driver.basic.contact-points", contactPoints,
        "datastax-java-driver.basic.load-balancing-policy.local-datacenter", settings.cassandra().localDatacenter(),
        "akka.cluster.sharding.healthcheck.names", regions,
        "akka.cluster.app-version", AppVersion.of(settings.cluster().rollout())));
    return ConfigFactory.load(
        known.withFallback(Discovery.of(settings.cluster())).withFallback(ConfigFactory.defaultApplication()).withFallback(ConfigFactory.parseResources("node.conf")));
  }
}
