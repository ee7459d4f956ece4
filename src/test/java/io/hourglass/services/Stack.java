package io.hourglass.services;

import java.util.List;

/** Kafka, Cassandra and the nodes on top of them, started upwards and stopped downwards. */
final class Stack {
  private final DemoSettings settings;
  private final Screen screen;
  private final KafkaBroker kafka;
  private final CassandraServer cassandra;
  private final DemoNodes ports;
  private final List<NodeProcess> nodes;
  private volatile boolean stopping;

  Stack(DemoSettings settings, Screen screen) {
    this.settings = settings;
    this.screen = screen;
    kafka = new KafkaBroker(settings.data().resolve("kafka"), settings.kafkaPort());
    cassandra = new CassandraServer(settings.data().resolve("cassandra"), settings.cassandraPort());
    ports = new DemoNodes(settings, kafka, cassandra);
    nodes = ports.all();
  }

  /** Returns when every node is ready. */
  void start() {
    ports.requirePorts();
    var broker = new Step("Kafka", () -> {
      kafka.start();
      if (settings.replay()) {
        kafka.createTopics(SampleStreams.PARTITIONS, SampleStreams.topics());
      }
    });
    var database = new Step("Cassandra", cassandra::start);
    kafka.progress(broker::note);
    cassandra.progress(database::note);
    Step.together(screen, broker, database);
    Step.together(screen, nodes.stream().map(node -> new Step(node.name(), node::start)).toArray(Step[]::new));
    List.of(kafka, cassandra).forEach(server -> watch(server, "", this::exit));
    nodes.forEach(node -> watch(node, nodes.size() == 1 ? "" : "; the others go on", this::exitWithTheLast));
  }

  private void watch(Server server, String consequence, Runnable then) {
    server.onExit().thenAccept(code -> {
      if (!stopping && server.isWanted()) {
        screen.say("%s ended by itself with exit code %d%s; see %s", server.name(), code, consequence, Checkout.shown(server.log().path()));
        then.run();
      }
    });
  }

  private void exitWithTheLast() {
    if (nodes.stream().noneMatch(Server::isRunning)) {
      exit();
    }
  }

  private void exit() {
    new Thread(() -> System.exit(1), "exit").start();
  }

  /**
   * The nodes first, as they still have to write: side by side, but for the first one. It is the oldest as a rule, and
   * would wait for one of the others to take over from it.
   */
  void stop() {
    stopping = true;
    screen.say("");
    stop(nodes.subList(1, nodes.size()));
    stop(nodes.subList(0, 1));
    stop(List.of(kafka));
    stop(List.of(cassandra));
  }

  private void stop(List<? extends Server> servers) {
    var running = servers.stream().filter(Server::isRunning).toList();
    Step.together(screen, running.stream().map(server -> new Step("Stopping " + server.name(), server::stop)).toArray(Step[]::new));
    servers.forEach(Server::stop);
  }

  boolean isStopping() {
    return stopping;
  }

  KafkaBroker kafka() {
    return kafka;
  }

  List<NodeProcess> nodes() {
    return nodes;
  }
}
