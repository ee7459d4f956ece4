package io.hourglass.load.compare;

import io.hourglass.services.CassandraServer;
import io.hourglass.services.Checkout;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.Port;
import io.hourglass.services.Server;
import io.hourglass.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The servers of a comparison, compiled by all of the JIT, and the topic that every engine reads. */
final class Stage {
  static final Path DATA = Checkout.path("target/compare");

  private final KafkaBroker kafka = new KafkaBroker(DATA.resolve("kafka"), Port.free()).fullJit().heap("1g")
      .progress(message -> say("Kafka: %s", message));
  private final CassandraServer cassandra = new CassandraServer(DATA.resolve("cassandra"), Port.free()).fullJit().heap("1g")
      .progress(message -> say("Cassandra: %s", message));

  /** @param withCassandra whether any engine needs it */
  void start(boolean withCassandra) throws IOException {
    Services.empty(DATA);
    Files.createDirectories(DATA);
    say("starting the servers");
    Services.startTogether(withCassandra ? new Server[] {kafka, cassandra} : new Server[] {kafka});
  }

  /** Those that run. */
  List<Server> servers() {
    return Stream.of(kafka, cassandra).filter(Server::isRunning).toList();
  }

  void stop() {
    kafka.stop();
    cassandra.stop();
  }

  KafkaBroker kafka() {
    return kafka;
  }

  CassandraServer cassandra() {
    return cassandra;
  }

  /** To people who wait: standard error. */
  static void say(String format, Object... values) {
    System.err.printf(format + "%n", values);
  }
}
