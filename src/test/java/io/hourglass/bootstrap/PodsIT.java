package io.hourglass.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code discovery = kubernetes-api}: the pods of a label, asked of a Kubernetes API. */
class PodsIT {

  @Test
  void threePodsAreOneCluster() {
    try (ThreeNodes nodes = ThreeNodes.onHosts("pods"); PodServer pods = new PodServer(nodes.places())) {
      nodes.with("HOURGLASS_DISCOVERY", "kubernetes-api")
          .with("HOURGLASS_NAMESPACE", PodServer.NAMESPACE)
          .with("KUBERNETES_SERVICE_HOST", pods.host())
          .with("KUBERNETES_SERVICE_PORT", Integer.toString(pods.port()))
          .property("akka.discovery.kubernetes-api.api-ca-path", pods.authority().toString())
          .property("akka.discovery.kubernetes-api.api-token-path", pods.token().toString())
          .startAsOneCluster();
      assertEquals(Set.of("GET /api/v1/namespaces/" + PodServer.NAMESPACE + "/pods"), pods.asked());
    }
  }
}
