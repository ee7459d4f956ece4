package io.hourglass.truth;

import io.hourglass.services.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts lines into topics and reads topics back, exactly once: idempotent, and flushed before it returns. */
final class Feed implements AutoCloseable {
  static final int PARTITIONS = 4;
  private final KafkaBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;

  Feed(KafkaBroker broker) {
    this.broker = broker;
    Properties settings = new Properties();
    settings.put("bootstrap.servers", broker.bootstrap());
    settings.put("acks", "all");
    settings.put("linger.ms", "5");
    settings.put("max.request.size", "67108864");
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void topics(String... names) {
    broker.createTopics(PARTITIONS, names);
  }

  /** Where each partition of a topic ends now. */
  Map<Integer, Long> ends(String topic) {
    try (Admin admin = admin()) {
      int partitions = admin.describeTopics(List.of(topic)).topicNameValues().get(topic)
          .toCompletionStage().toCompletableFuture().join().partitions().size();
      Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions).boxed()
          .collect(Collectors.toMap(each -> new TopicPartition(topic, each), each -> OffsetSpec.latest()));
      return admin.listOffsets(latest).all().toCompletionStage().toCompletableFuture().join().entrySet().stream()
          .collect(Collectors.toMap(each -> each.getKey().partition(), each -> each.getValue().offset()));
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  /** Gives a topic more partitions; who sends from now on needs a feed of its own to know them at once. */
  void grow(String topic, int partitions) {
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().toCompletionStage().toCompletableFuture().join();
    }
  }

  void send(String topic, List<SampleStream.Line> lines) {
    lines.forEach(line -> send(topic, line.key(), line.text()));
    producer.flush();
  }

  void send(String topic, String key, String value) {
    producer.send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
  }

  void flush() {
    producer.flush();
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Everything a topic holds now. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrap(), "fetch.max.bytes", 64 << 20, "max.partition.fetch.bytes", 8 << 20);
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
