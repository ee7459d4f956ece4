package io.hourglass.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import io.hourglass.services.NodeApi;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import io.hourglass.services.Tool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Three nodes of one configuration and keyspace, at addresses of this machine, not started. The first creates the schema. */
final class ThreeNodes implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Where a node listens; {@code host:management} is what the others find. */
  record Place(String host, int http, int management, int remote) {
    String address() {
      return host + ":" + management;
    }
  }

  private final List<Place> places;
  private final List<NodeProcess> nodes;

  private ThreeNodes(String name, List<Place> places) {
    this.places = places;
    Services.kafka().createTopics(1, "bootstrap");
    this.nodes = IntStream.range(0, places.size()).mapToObj(i -> node(name + "-" + (i + 1), places.get(i), i == 0)).toList();
  }

  /** All at 127.0.0.1, each with ports of its own. */
  static ThreeNodes onPorts(String name) {
    return new ThreeNodes(name, IntStream.range(0, 3).mapToObj(i -> new Place(Port.HOST, Port.free(), Port.free(), Port.free())).toList());
  }

  /** At 127.0.0.2, 127.0.0.3 and 127.0.0.4, with the same ports, as machines or pods are. Ends the test where there is no such address. */
  static ThreeNodes onHosts(String name) {
    requireLoopback("127.0.0.2");
    int http = Port.free();
    int management = Port.free();
    int remote = Port.free();
    return new ThreeNodes(name, IntStream.range(2, 5).mapToObj(i -> new Place("127.0.0." + i, http, management, remote)).toList());
  }

  private static void requireLoopback(String host) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, 0));
    } catch (IOException e) {
      Tool.missing(host + ": not an address of this machine (expected: all of 127.0.0.0/8 on its loopback)");
    }
  }

  private static NodeProcess node(String name, Place place, boolean first) {
    return Services.node(name).ports(place.http(), place.management(), place.remote())
        .environment("HOURGLASS_HTTP_HOST", place.host())
        .environment("HOURGLASS_MANAGEMENT_HOST", place.host())
        .environment("HOURGLASS_REMOTE_HOST", place.host())
        .options("-Xmx384m", "-XX:TieredStopAtLevel=1")
        .configuration(Checkout.path("src/test/resources/bootstrap.conf"))
        .property("hourglass.cassandra.create-schema", first ? "on" : "off");
  }

  /** A setting of every node, by environment variable. */
  ThreeNodes with(String variable, String value) {
    nodes.forEach(node -> node.environment(variable, value));
    return this;
  }

  /** A system property of every node. */
  ThreeNodes property(String name, String value) {
    nodes.forEach(node -> node.property(name, value));
    return this;
  }

  List<Place> places() {
    return places;
  }

  NodeProcess node(int index) {
    return nodes.get(index);
  }

  /** Returns when every node is ready and all of them name the same three members, up and reachable. */
  void startAsOneCluster() {
    Services.startTogether(nodes.toArray(NodeProcess[]::new));
    awaitMembers(nodes, 3);
    places.forEach(place -> assertEquals(200, ready(place)));
  }

  static void awaitMembers(List<NodeProcess> asked, int count) {
    Await.until(count + " members up on each of " + asked.size() + " nodes", PATIENCE, () -> {
      Set<String> seen = new TreeSet<>();
      asked.forEach(node -> seen.add(String.join(" ", up(cluster(node)))));
      return seen.size() == 1 && seen.iterator().next().split(" ").length == count;
    });
  }

  static JsonNode cluster(NodeProcess node) {
    return new NodeApi(node.api()).get("/v1/cluster").orElseThrow();
  }

  private static List<String> up(JsonNode cluster) {
    return StreamSupport.stream(cluster.get("members").spliterator(), false)
        .filter(member -> member.get("status").asText().equals("up") && member.get("reachable").asBoolean())
        .map(member -> member.get("uid").asText()).sorted().toList();
  }

  /** What {@code /ready} on the management port answers; 0 while nobody listens. */
  static int ready(Place place) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + place.address() + "/ready")).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing of them is needed any more. */
  @Override
  public void close() {
    nodes.forEach(NodeProcess::kill);
  }
}
