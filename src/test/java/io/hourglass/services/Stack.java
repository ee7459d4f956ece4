package io.hourglass.services;

import java.util.List;

/** Kafka, Cassandra and one node on top of them, started upwards and stopped downwards. */
final class Stack {
  private final DemoSettings settings;
  private final Screen screen;
  private final KafkaBroker kafka;
  private final CassandraServer cassandra;
  private final NodeProcess node;
  private volatile boolean stopping;

  Stack(DemoSettings settings, Screen screen) {
    this.settings = settings;
    this.screen = screen;
    kafka = new KafkaBroker(settings.data().resolve("kafka"), settings.kafkaPort());
    cassandra = new CassandraServer(settings.data().resolve("cassandra"), settings.cassandraPort());
    node = new NodeProcess("Hourglass", settings.data()).services(kafka, cassandra)
        .ports(settings.httpPort(), settings.managementPort(), settings.remotePort())
        .options("-Xmx1g", "-XX:+ExitOnOutOfMemoryError")
        .property("hourglass.cassandra.create-schema", "on")
        .property("logback.configurationFile", Checkout.path("conf/logback.xml").toString())
        .properties(settings.node()).configuration(settings.configuration());
  }

  /** Returns when the node is ready. */
  void start() {
    requireNodePorts();
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
    Step.together(screen, new Step("Hourglass", node::start));
    List.of(kafka, cassandra, node).forEach(this::watch);
  }

  private void requireNodePorts() {
    Port.requireFree(settings.httpPort(), "API", "Set HOURGLASS_HTTP_PORT to another one.");
    Port.requireFree(settings.managementPort(), "management", "Set HOURGLASS_MANAGEMENT_PORT to another one.");
    Port.requireFree(settings.remotePort(), "remoting", "Set HOURGLASS_REMOTE_PORT to another one.");
  }

  /** None of the three is of use without the others. */
  private void watch(Server server) {
    server.onExit().thenAccept(code -> {
      if (!stopping && server.isWanted()) {
        screen.say("%s ended by itself with exit code %d; see %s", server.name(), code,
            Checkout.shown(server.log().path()));
        new Thread(() -> System.exit(1), "exit").start();
      }
    });
  }

  /** The node first, as it still has to write. */
  void stop() {
    stopping = true;
    screen.say("");
    for (var server : List.of(node, kafka, cassandra)) {
      if (server.isRunning()) {
        Step.together(screen, new Step("Stopping " + server.name(), server::stop));
      } else {
        server.stop();
      }
    }
  }

  boolean isStopping() {
    return stopping;
  }

  KafkaBroker kafka() {
    return kafka;
  }

  NodeProcess node() {
    return node;
  }
}
