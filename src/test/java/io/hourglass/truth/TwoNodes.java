package io.hourglass.truth;

import io.hourglass.services.Checkout;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import java.util.List;
import java.util.Map;

/** A cluster of two nodes, started: the first one founds it, the second one joins. */
final class TwoNodes implements AutoCloseable {
  private final String name;
  private final int seed = Port.free();
  private final NodeProcess one;
  private final NodeProcess two;

  /** @param name of the configuration, {@code src/test/resources/<name>.conf}, and of the logs */
  TwoNodes(String name) {
    this(name, Map.of());
  }

  /** @param properties of both, over the configuration */
  TwoNodes(String name, Map<String, String> properties) {
    this.name = name;
    one = node(1, seed).properties(properties).property("hourglass.cassandra.create-schema", "on");
    two = node(2, Port.free()).properties(properties);
    one.start();
    two.start();
  }

  private NodeProcess node(int number, int remote) {
    return Services.node(name + "-" + number)
        .ports(Port.free(), Port.free(), remote)
        .configuration(Checkout.path("src/test/resources/" + name + ".conf"))
        .property("akka.cluster.seed-nodes.0", "akka://hourglass@127.0.0.1:" + seed);
  }

  NodeProcess one() {
    return one;
  }

  NodeProcess two() {
    return two;
  }

  List<Api> both() {
    return List.of(new Api(one.api()), new Api(two.api()));
  }

  @Override
  public void close() {
    two.stop();
    one.stop();
  }
}
