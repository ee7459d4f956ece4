package io.hourglass.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final String BOOTSTRAP = "akka.management.cluster.bootstrap.contact-point-discovery.";

  @Test
  void fixedAddresses() {
    Config node = node("discovery = config, endpoints = \"a:8558, 10.0.0.2:8559\", contact-points = 1");
    assertEquals("config", node.getString("akka.discovery.method"));
    String service = node.getString(BOOTSTRAP + "service-name");
    assertEquals(List.of(Map.of("host", "a", "port", 8558), Map.of("host", "10.0.0.2", "port", 8559)),
        node.getList("akka.discovery.config.services." + service + ".endpoints").unwrapped());
    assertEquals(1, node.getInt(BOOTSTRAP + "required-contact-point-nr"));
  }

  @Test
  void podsByLabel() {
    Config node = node("discovery = kubernetes-api, service-name = hours, namespace = prod, port-name = health");
    assertEquals(List.of("kubernetes-api", "prod", "hours", "health"), List.of(node.getString("akka.discovery.method"),
        node.getString("akka.discovery.kubernetes-api.pod-namespace"), node.getString(BOOTSTRAP + "service-name"), node.getString(BOOTSTRAP + "port-name")));
    assertEquals("<pod-namespace>",
        node("discovery = kubernetes-api").getString("akka.discovery.kubernetes-api.pod-namespace"));
  }

  @Test
  void serviceRecords() {
    Config node = node("discovery = akka-dns, service-name = \"hours.prod.svc.cluster.local\"");
    assertEquals(List.of("akka-dns", "hours.prod.svc.cluster.local", "management", 2), List.of(node.getString("akka.discovery.method"),
        node.getString(BOOTSTRAP + "service-name"), node.getString(BOOTSTRAP + "port-name"), node.getInt(BOOTSTRAP + "required-contact-point-nr")));
  }

  @Test
  void theSplitBrainResolverKeepsTheMajority() {
    Config node = node("rollout = 12");
    assertEquals("keep-majority", node.getString("akka.cluster.split-brain-resolver.active-strategy"));
    assertEquals(AppVersion.of(12), node.getString("akka.cluster.app-version"));
  }

  private static Config node(String cluster) {
    return NodeConfig.of(SettingsReader.read(ConfigFactory.load(ConfigFactory.parseString("hourglass.cluster { " + cluster + " }"))));
  }
}
