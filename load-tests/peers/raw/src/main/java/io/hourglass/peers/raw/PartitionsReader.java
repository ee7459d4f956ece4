package io.hourglass.peers.raw;

import io.hourglass.peers.Output;
import io.hourglass.peers.Reading;
import io.hourglass.peers.ReadingParser;
import io.hourglass.peers.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A thread that reads its share of the partitions and counts what they hold. */
final class PartitionsReader implements Runnable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long COMMIT_NS = Duration.ofSeconds(1).toNanos();

  private final Settings settings;
  private final int index;
  private final Map<String, Entity> entities = new HashMap<>();
  private final Map<TopicPartition, PartitionTime> times = new HashMap<>();
  private final Reading reading = new Reading();
  private Map<TopicPartition, Long> ends;
  private long committedAt;
  private boolean atEnd;
  private volatile boolean stopped;

  /** @param index of this thread, which has every {@code threads}-th partition from there on */
  PartitionsReader(Settings settings, int index) {
    this.settings = settings;
    this.index = index;
  }

  /** Ends the thread after what it is at. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    var properties = Map.<String, Object>of("bootstrap.servers", settings.bootstrap(), "group.id", settings.group(),
        "enable.auto.commit", false, "auto.offset.reset", "earliest", "max.poll.records", 5_000);
    try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions(consumer));
      ends = consumer.endOffsets(consumer.assignment());
      while (!stopped) {
        poll(consumer);
      }
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.partitionsFor(settings.topic()).stream().filter(each -> each.partition() % settings.threads() == index)
        .map(each -> new TopicPartition(each.topic(), each.partition())).toList();
  }

  private void poll(KafkaConsumer<byte[], byte[]> consumer) {
    var records = consumer.poll(POLL);
    for (var partition : records.partitions()) {
      var time = times.computeIfAbsent(partition, first -> new PartitionTime());
      records.records(partition).forEach(record -> count(record, time));
    }
    commit(consumer);
  }

  private void count(ConsumerRecord<byte[], byte[]> record, PartitionTime time) {
    ReadingParser.parse(record.value(), reading);
    if (time.accepts(reading.timestampMs)) {
      var key = new String(record.key(), StandardCharsets.ISO_8859_1);
      entities.computeIfAbsent(key, first -> new Entity()).add(reading.timestampMs, reading.value);
    }
  }

  /** Every second, and once when all that was there at the start is read. */
  private void commit(KafkaConsumer<byte[], byte[]> consumer) {
    var now = System.nanoTime();
    if (!atEnd && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      atEnd = true;
      consumer.commitSync();
    } else if (now - committedAt > COMMIT_NS) {
      committedAt = now;
      consumer.commitAsync();
    }
  }

  /** Hands on what was counted, one record for a key and window; after the thread has ended. */
  void results(String topic, Consumer<ProducerRecord<byte[], byte[]>> sink) {
    entities.forEach((key, entity) -> entity.forEach(
        (startMs, aggregate) -> sink.accept(new ProducerRecord<>(topic, Output.key(key, startMs), aggregate.toBytes()))));
  }
}
