package io.hourglass.bootstrap;

import org.junit.jupiter.api.Test;

/** {@code discovery = akka-dns}: the SRV records of a headless service, asked of a real name server. */
class ServiceRecordsIT {

  @Test
  void threeNodesAreOneCluster() {
    try (ThreeNodes nodes = ThreeNodes.onHosts("dns"); NameServer names = new NameServer(nodes.places())) {
      nodes.with("HOURGLASS_DISCOVERY", "akka-dns")
          .with("HOURGLASS_SERVICE_NAME", NameServer.SERVICE)
          .property("akka.io.dns.resolver", "async-dns")
          .property("akka.io.dns.async-dns.nameservers", names.address())
          .startAsOneCluster();
    }
  }
}
