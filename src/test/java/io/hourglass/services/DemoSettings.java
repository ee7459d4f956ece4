package io.hourglass.services;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the launcher is told: arguments, environment and system properties, read and checked once.
 *
 * @param replay whether the sample streams are replayed ({@code -Pdemo}) or not ({@code -Pdev})
 * @param data where Kafka and Cassandra keep their data, and all log files
 * @param nodes how many there are ({@code -Dnodes=3})
 * @param httpPort of the first node, as the two that follow; each other node has the next one
 * @param configuration the nodes' configuration file
 * @param node system properties handed on to every node
 */
record DemoSettings(boolean replay, Path data, int nodes, int kafkaPort, int cassandraPort, int httpPort, int managementPort,
    int remotePort, Path configuration, Map<String, String> node) {
  private static final int MOST_NODES = 9;
  private static final List<String> HANDED_ON = List.of("hourglass.", "akka.", "datastax-java-driver.");

  static DemoSettings read(List<String> arguments, Map<String, String> environment, Map<String, String> properties) {
    var dev = arguments.contains("--dev");
    var node = new TreeMap<String, String>();
    properties.forEach((name, value) -> {
      if (HANDED_ON.stream().anyMatch(name::startsWith)) {
        node.put(name, value);
      }
    });
    var nodes = nodes(properties.getOrDefault("nodes", "1"));
    return new DemoSettings(!dev,
        Checkout.path(environment.getOrDefault("HOURGLASS_DATA", "target/data")), nodes,
        addressPort(environment, "HOURGLASS_KAFKA", 9092),
        addressPort(environment, "HOURGLASS_CASSANDRA", 9042),
        firstPort(environment, "HOURGLASS_HTTP_PORT", 8080, nodes),
        firstPort(environment, "HOURGLASS_MANAGEMENT_PORT", 8558, nodes),
        firstPort(environment, "HOURGLASS_REMOTE_PORT", 25520, nodes),
        configuration(properties.getOrDefault("config.file", dev ? "conf/application.conf" : "conf/demo.conf")), node);
  }

  private static int nodes(String text) {
    if (!text.matches("[1-" + MOST_NODES + "]")) {
      throw new ServerFailure("nodes: " + text + " (expected: a whole number from 1 to " + MOST_NODES + ")");
    }
    return Integer.parseInt(text);
  }

  private static Path configuration(String name) {
    var file = Checkout.path(name);
    if (!Files.isRegularFile(file)) {
      throw new ServerFailure("config.file: " + name + " (expected: a file that exists)");
    }
    return file;
  }

  /** The demo's servers are its own, so only the port is to be chosen. */
  private static int addressPort(Map<String, String> environment, String name, int otherwise) {
    var address = environment.get(name);
    if (address == null || address.isBlank()) {
      return otherwise;
    }
    var colon = address.lastIndexOf(':');
    var host = address.substring(0, Math.max(0, colon));
    if (!host.equals(Port.HOST) && !host.equals("localhost")) {
      throw new ServerFailure(name + ": " + address + " (expected: " + Port.HOST + ":<port>, where one is started for "
          + "you; for servers of your own run java -jar target/hourglass.jar)");
    }
    return port(name, address, address.substring(colon + 1), 1);
  }

  private static int firstPort(Map<String, String> environment, String name, int otherwise, int count) {
    var value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : port(name, value, value, count);
  }

  /** The first of {@code count} ports. */
  private static int port(String name, String shown, String number, int count) {
    var last = 65_536 - count;
    try {
      var port = Integer.parseInt(number.strip());
      if (port > 0 && port <= last) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new ServerFailure(name + ": " + shown + " (expected: a port from 1 to " + last + ")");
  }
}
