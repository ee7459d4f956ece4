package io.hourglass.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code hourglass.cluster} in the terms of Akka's discovery and cluster bootstrap. */
final class Discovery {
  private static final String BOOTSTRAP = "akka.management.cluster.bootstrap.contact-point-discovery.";
  private static final String FIXED_SERVICE = "hourglass";

  private Discovery() {}

  static Config of(Settings.Cluster cluster) {
    Map<String, Object> known = new HashMap<>();
    known.put(BOOTSTRAP + "required-contact-point-nr", cluster.contactPoints());
    switch (cluster.discovery()) {
      case CONFIG -> fixed(cluster, known);
      case KUBERNETES_API, AKKA_DNS -> service(cluster, known);
      case NONE -> { }
    }
    cluster.namespace().ifPresent(namespace -> known.put("akka.discovery.kubernetes-api.pod-namespace", namespace));
    return ConfigFactory.parseMap(known);
  }

  private static void fixed(Settings.Cluster cluster, Map<String, Object> known) {
    List<Map<String, Object>> endpoints = cluster.endpoints().stream()
        .map(each -> Map.<String, Object>of("host", each.getHostString(), "port", each.getPort()))
        .toList();
    known.put("akka.discovery.method", cluster.discovery().configName());
    known.put("akka.discovery.config.services." + FIXED_SERVICE + ".endpoints", endpoints);
    known.put(BOOTSTRAP + "service-name", FIXED_SERVICE);
  }

  private static void service(Settings.Cluster cluster, Map<String, Object> known) {
    known.put("akka.discovery.method", cluster.discovery().configName());
    known.put(BOOTSTRAP + "service-name", cluster.serviceName());
    known.put(BOOTSTRAP + "port-name", cluster.portName());
  }
}
