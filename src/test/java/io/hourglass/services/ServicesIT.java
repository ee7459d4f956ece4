package io.hourglass.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The servers the other integration tests stand on: do they start, keep their data, and go away. */
class ServicesIT {
  private static final TopicPartition LOG = new TopicPartition("services-it", 0);

  @Test
  void aRecordSurvivesPauseStopAndCrashOfKafka() throws Exception {
    var kafka = Services.kafka();
    kafka.createTopics(1, LOG.topic());
    kafka.createTopics(1, LOG.topic()); // once more does no harm
    send(kafka, "first");
    kafka.pause();
    assertThrows(TimeoutException.class, () -> send(kafka, "unheard"));
    kafka.resume();
    send(kafka, "second");
    kafka.restart();
    send(kafka, "third");
    kafka.kill();
    kafka.start();
    var values = read(kafka);
    assertEquals(List.of("first", "second", "third"),
        values.stream().filter(value -> !value.equals("unheard")).toList());
  }

  @Test
  void aRowSurvivesPauseStopAndCrashOfCassandra() {
    var cassandra = Services.cassandra();
    try (var session = session(cassandra)) {
      session.execute("create keyspace services_it with replication = {'class':'SimpleStrategy','replication_factor':1}");
      session.execute("create table services_it.lines (id int primary key, line text)");
      session.execute("insert into services_it.lines (id, line) values (1, 'first')");
      cassandra.pause();
      cassandra.resume();
      session.execute("insert into services_it.lines (id, line) values (2, 'second')");
    }
    cassandra.restart();
    try (var session = session(cassandra)) {
      session.execute("insert into services_it.lines (id, line) values (3, 'third')");
    }
    cassandra.kill();
    cassandra.start();
    try (var session = session(cassandra)) {
      assertEquals(3, session.execute("select count(*) from services_it.lines").one().getLong(0));
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, Services.cassandra().contactPoint().getAddress())) {
      var broker = new KafkaBroker(Services.directory("taken"), taken.getLocalPort());
      var failure = assertThrows(ServerFailure.class, broker::start);
      assertTrue(failure.getMessage().startsWith("Port " + taken.getLocalPort() + " (Kafka) is in use."),
          failure.getMessage());
    }
  }

  @Test
  void aServerThatCanNotStartSaysWhy() {
    var node = new NodeProcess("no-such-node", Services.directory("nodes")).jar(Services.directory("missing.jar"));
    var failure = assertThrows(ServerFailure.class, node::start);
    assertTrue(failure.getMessage().contains("ended with exit code 1"), failure.getMessage());
    assertTrue(failure.getMessage().contains("ClassNotFoundException"), failure.getMessage());
    assertFalse(node.isRunning());
  }

  @Test
  void nothingIsLeftOfAServerThatWasStopped() {
    try (var broker = new KafkaBroker(Services.directory("second-kafka"), Port.free())) {
      broker.start();
      var process = ProcessHandle.of(broker.pid()).orElseThrow();
      assertTrue(broker.cpu().compareTo(Duration.ZERO) > 0);
      broker.stop();
      assertFalse(process.isAlive());
      assertTrue(Port.isFree(broker.port()));
    }
  }

  private static void send(KafkaBroker kafka, String value) throws ExecutionException, InterruptedException,
      TimeoutException {
    try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(),
        "request.timeout.ms", 2_000, "max.block.ms", 2_000, "delivery.timeout.ms", 2_500, "linger.ms", 0),
        new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(LOG.topic(), value.getBytes(StandardCharsets.UTF_8)))
          .get(5, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException timeout) {
        throw (TimeoutException) new TimeoutException("not acknowledged").initCause(timeout);
      }
      throw e;
    }
  }

  private static List<String> read(KafkaBroker kafka) {
    try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()),
        new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(LOG));
      consumer.seekToBeginning(List.of(LOG));
      var values = new ArrayList<String>();
      while (consumer.position(LOG) < consumer.endOffsets(List.of(LOG)).get(LOG)) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
      return values;
    }
  }

  private static CqlSession session(CassandraServer cassandra) {
    return CqlSession.builder().addContactPoint(cassandra.contactPoint()).withLocalDatacenter("datacenter1").build();
  }
}
