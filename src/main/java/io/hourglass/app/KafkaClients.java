package io.hourglass.app;

import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.kafka.ConsumerSettings;
import io.hourglass.ingest.RolloutAssignor;
import io.hourglass.settings.Settings;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients as this node needs them. */
final class KafkaClients {
  /** The greatest record that the side topics take: an original with its headers always fits. */
  static final int MAX_RECORD_BYTES = 64 << 20;

  private final String servers;

  KafkaClients(Settings.Kafka settings) {
    this.servers = settings.servers();
  }

  Admin admin() {
    return Admin.create(Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000));
  }

  /** Idempotent, acknowledged by all replicas; a record waits a little for others to go with it. Alerts have a producer of their own. */
  Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        ProducerConfig.ACKS_CONFIG, "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
        ProducerConfig.LINGER_MS_CONFIG, 5,
        ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
        ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * MAX_RECORD_BYTES,
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** For events that are posted: somebody waits for the answer. A producer of its own, so that nobody else waits with them. */
  Producer<byte[], byte[]> intakeProducer(Settings.Intake intake) {
    int deliveryMs = (int) Math.max(1_000, intake.timeout().toMillis());
    return new KafkaProducer<>(Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        ProducerConfig.ACKS_CONFIG, "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
        ProducerConfig.LINGER_MS_CONFIG, 0,
        ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(5_000, deliveryMs),
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMs,
        ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * intake.maxBytes() + (1 << 20),
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, intake.maxBytes() + (1 << 16)), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** For the partition streams; the group is set by whoever needs one. */
  ConsumerSettings<byte[], byte[]> consumer(ActorSystem<?> system) {
    return ConsumerSettings.create(system, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .withBootstrapServers(servers)
        .withProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
        .withProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false")
        .withProperty(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "5000")
        // A killed node's partitions are read on after so long; a node that only paused is harmless as a zombie.
        .withProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000")
        // How soon a reader notices that partitions are to be shared out anew; nobody reads them meanwhile.
        .withProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1000")
        // Range is for groups with other members, of a version that knows nothing else.
        .withProperty(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RolloutAssignor.class.getName() + "," + RangeAssignor.class.getName())
        .withProperty(RolloutAssignor.VERSION, Cluster.get(system).selfMember().appVersion().toString())
        // An event may wait for so long for others to come with it: what it costs falls with how many do.
        .withProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "16384")
        .withProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "25")
        .withProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
  }

  /** For reading single records again. */
  Consumer<byte[], byte[]> recordConsumer() {
    return new KafkaConsumer<>(Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 16,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 16,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** For reading a topic a stretch at a time. */
  Consumer<byte[], byte[]> stretchConsumer() {
    return new KafkaConsumer<>(Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000,
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000,
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50,
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
