package io.hourglass.settings;

import com.typesafe.config.Config;
import io.hourglass.settings.Settings.Discovery;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code hourglass.cluster}, and checks that what it says goes together with the node's addresses. */
final class ClusterReader {
  private static final String SEED_NODES = "akka.cluster.seed-nodes";
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");
  private static final String METHODS =
      Stream.of(Discovery.values()).map(Discovery::configName).collect(Collectors.joining(", "));

  private final Config config;
  private final Block root;
  private final Block block;
  private final Faults faults;

  ClusterReader(Config config, Block root, Faults faults) {
    this.config = config;
    this.root = root;
    this.block = root.block("cluster");
    this.faults = faults;
  }

  Settings.Cluster cluster() {
    Discovery discovery = discovery();
    if (discovery != Discovery.NONE) {
      requireNoSeeds();
      Stream.of("management", "remote").forEach(this::requireReachable);
    }
    List<InetSocketAddress> endpoints = endpoints(discovery);
    return new Settings.Cluster(discovery, serviceName(discovery), namespace(), portName(), endpoints,
        contactPoints(endpoints), block.wholeNumber("rollout", 0, 1_000_000_000));
  }

  private Discovery discovery() {
    String name = block.text("discovery", METHODS, text -> named(text).isPresent());
    return named(name).orElse(Discovery.NONE);
  }

  private static Optional<Discovery> named(String text) {
    return Stream.of(Discovery.values()).filter(each -> each.configName().equals(text)).findFirst();
  }

  /** Of two ways to join, one would be ignored. */
  private void requireNoSeeds() {
    if (config.hasPath(SEED_NODES) && !config.getList(SEED_NODES).isEmpty()) {
      faults.add(SEED_NODES, config.getList(SEED_NODES).unwrapped().toString(), "none, or hourglass.cluster.discovery = none");
    }
  }

  /** A node is known to the others by these two. */
  private void requireReachable(String node) {
    root.block(node).text("host", "an address that the other nodes reach", text -> !EVERY_ADDRESS.contains(text));
  }

  private String serviceName(Discovery discovery) {
    return discovery == Discovery.KUBERNETES_API
        ? block.text("service-name", "a label's value: letters, digits, -, _ and ., 63 at most",
            text -> text.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"))
        : block.text("service-name", "a DNS name",
            text -> text.length() <= 253 && text.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?"));
  }

  private Optional<String> namespace() {
    String namespace = block.text("namespace", "empty, or a namespace: lower-case letters, digits and -, 63 at most",
        text -> text.isEmpty() || text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
    return Optional.of(namespace).filter(text -> !text.isEmpty());
  }

  private String portName() {
    return block.text("port-name", "a port's name: lower-case letters, digits and -, 15 at most",
        text -> text.matches("[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?"));
  }

  private List<InetSocketAddress> endpoints(Discovery discovery) {
    if (discovery != Discovery.CONFIG) {
      block.text("endpoints", "empty, or hourglass.cluster.discovery = config", String::isBlank);
      return List.of();
    }
    String text = block.text("endpoints", "host:port of every node's management port, with commas between", Addresses::areAddresses);
    return Addresses.areAddresses(text) ? Addresses.split(text).distinct().map(Addresses::of).toList() : List.of();
  }

  private int contactPoints(List<InetSocketAddress> endpoints) {
    return block.wholeNumber("contact-points", 1, endpoints.isEmpty() ? 1_000 : endpoints.size());
  }
}
