package io.hourglass.load.cluster;

import io.hourglass.services.Checkout;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses and links. Under {@code sandbox.sh} each node has a network namespace of its own, joined by a bridge at
 * whose address Kafka and Cassandra listen; links are cut by dropping packets on both ways. Elsewhere all is on 127.0.0.1
 * and links cannot be cut.
 */
final class Place {
  private static final String SANDBOX = System.getenv("HOURGLASS_SANDBOX");

  private Place() {}

  static boolean sandboxed() {
    return SANDBOX != null && !SANDBOX.isEmpty();
  }

  /** Where Kafka and Cassandra listen. */
  static String services() {
    return sandboxed() ? SANDBOX + ".1" : "127.0.0.1";
  }

  /** Of a node, counted from 1. */
  static String node(int number) {
    return sandboxed() ? SANDBOX + "." + (10 + number) : "127.0.0.1";
  }

  static String[] through(int number) {
    return sandboxed() ? new String[] {"ip", "netns", "exec", "node-" + number} : new String[0];
  }

  /** Cuts a node off from other nodes. */
  static void cut(int number, List<Integer> others) {
    others.forEach(other -> {
      drop(number, "INPUT", "-s", node(other));
      drop(number, "OUTPUT", "-d", node(other));
    });
  }

  /** Cuts a node off from ports of the services, and nothing else. */
  static void cutPorts(int number, int... ports) {
    for (var port : ports) {
      drop(number, "INPUT", "-s", services(), "-p", "tcp", "--sport", Integer.toString(port));
      drop(number, "OUTPUT", "-d", services(), "-p", "tcp", "--dport", Integer.toString(port));
    }
  }

  static void heal(int number) {
    run(number, "iptables", "-F");
  }

  private static void drop(int number, String chain, String... what) {
    var line = new ArrayList<>(List.of("iptables", "-A", chain));
    line.addAll(List.of(what));
    line.addAll(List.of("-j", "DROP"));
    run(number, line.toArray(String[]::new));
  }

  private static void run(int number, String... command) {
    var line = new ArrayList<>(List.of(through(number)));
    line.addAll(List.of(command));
    Shell.run(Checkout.path(""), line);
  }
}
