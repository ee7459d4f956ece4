package io.hourglass.load.cluster;

import io.hourglass.load.Schema;
import io.hourglass.services.Await;
import io.hourglass.services.CassandraServer;
import io.hourglass.services.Checkout;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Kafka, a Cassandra and three nodes that form a cluster, each a process of its own; there is place for a fourth. */
final class Trio implements AutoCloseable {
  static final int NODES = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration START = Duration.ofSeconds(120);
  /** As much as a pod has. */
  private static final Duration STOP = Duration.ofSeconds(120);

  /** With two cores for all six JVMs, what they compile while they start is what the others lack. */
  private static final String NODE_OPTIONS = "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MetaspaceSize=192m";

  private final Path data;
  private final Load load;
  private final Path configuration;
  private final KafkaBroker kafka;
  private final CassandraServer cassandra;
  private final List<Member> members;
  private final IntFunction<Path> jar;
  private final IntFunction<Map<String, String>> environment;
  private boolean polite;

  /** @param jar of a node by its number, asked at each start; @param environment of a node, asked at each start */
  Trio(Path data, Load load, IntFunction<Path> jar, IntFunction<Map<String, String>> environment) {
    this.data = data;
    this.load = load;
    this.jar = jar;
    this.environment = environment;
    this.configuration = data.resolve("nodes.conf");
    kafka = new KafkaBroker(data.resolve("kafka"), Port.free()).host(Place.services());
    cassandra = new CassandraServer(data.resolve("cassandra"), Port.free()).host(Place.services()).heap("1g");
    members = IntStream.rangeClosed(1, NODES + 1).mapToObj(number -> new Member(number, this::node, member -> Polite.end(member.process().pid()), member -> new Dump(data).write(member, "slow-start"))).toList();
  }

  /** Nodes start with what the others leave over: on machines of their own they would take nothing from them. */
  Trio polite() {
    polite = true;
    return this;
  }

  /** Kafka and Cassandra, which run as long as the test does, are compiled in full: what they use less is the nodes'. */
  Trio lastingServers() {
    kafka.fullJit();
    cassandra.fullJit();
    return this;
  }

  /** Cassandra keeps what it has acknowledged, whatever becomes of it. */
  Trio crashSafe() {
    cassandra.crashSafe();
    return this;
  }

  void startServers() {
    Services.startTogether(kafka, cassandra);
    kafka.createTopics(load.partitions(), Load.PIPELINE);
    writeConfiguration();
    Schema.create(jar.apply(1), configuration, cassandra, data.resolve("schema.log"));
  }

  /** Returns when all nodes are ready. */
  void startNodes() {
    IntStream.rangeClosed(1, NODES).forEach(number -> member(number).want(true));
    awaitReady();
  }

  void awaitReady() {
    Await.until("all nodes are ready", PATIENCE, () -> wanted().stream().allMatch(Member::ready));
  }

  private NodeProcess node(Member member) {
    var node = new NodeProcess("node-" + member.number(), data).services(kafka, cassandra).jar(jar.apply(member.number()))
        .through(polite ? Polite.COMMAND : new String[0]).through(Place.through(member.number())).ports(member.http(), member.management(), member.remote())
        .options(Load.text("node.options", NODE_OPTIONS).trim().split("\\s+")).options("-XX:+ExitOnOutOfMemoryError").configuration(configuration)
        .timeouts(START, STOP)
        .property("logback.configurationFile", Checkout.path("conf/logback.xml").toString());
    Stream.of("HTTP", "MANAGEMENT", "REMOTE")
        .forEach(port -> node.environment("HOURGLASS_" + port + "_HOST", Place.node(member.number())));
    environment.apply(member.number()).forEach(node::environment);
    node.environment("HOURGLASS_DISCOVERY", "config").environment("HOURGLASS_ENDPOINTS", endpoints());
    return node;
  }

  private String endpoints() {
    return members.stream().map(member -> Place.node(member.number()) + ":" + member.management()).collect(Collectors.joining(","));
  }

  private void writeConfiguration() {
    try {
      Files.writeString(configuration, """
          hourglass {
            cassandra { keyspace = %1$s }
            alerts { topic = "%1$s.alerts", rules-topic = "%1$s.rules" }
            pipelines.%1$s {
              source { topic = %1$s }
              timestamp = ts
              window { size = %2$dms, out-of-orderness = %3$dms, allowed-lateness = %4$dms }
              measures { value { field = value, aggregates = [sum, min, max, first, last] } }
              rules {
                spike { when = "value.max > %5$d", severity = critical, summary = "{key}: {value}" }
                busy { when = "window.count > %6$d", severity = warning, summary = "{key}: {value} events" }
              }
            }
          }
          """.formatted(Load.PIPELINE, load.windowMs(), Load.OUT_OF_ORDERNESS_MS, Load.LATENESS_MS, Load.SPIKE, load.busy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the nodes are at, beside their logs. */
  void dump(String why) {
    wanted().forEach(member -> new Dump(data).write(member, why));
  }

  KafkaBroker kafka() {
    return kafka;
  }

  CassandraServer cassandra() {
    return cassandra;
  }

  /** All four places. */
  List<Member> places() {
    return members;
  }

  /** The places where a node is to run. */
  List<Member> wanted() {
    return members.stream().filter(Member::wanted).toList();
  }

  Member member(int number) {
    return members.get(number - 1);
  }

  /** Nodes first: they still have to write. */
  @Override
  public void close() {
    members.parallelStream().forEach(Member::close);
    kafka.stop();
    cassandra.stop();
  }
}
