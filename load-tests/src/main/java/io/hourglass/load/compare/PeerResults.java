package io.hourglass.load.compare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The output topic of a peer, what was committed of it: of several updates of a key and window the last one counts. */
final class PeerResults {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Map<String, Object> settings;
  private final String topic;
  /** By key, then by window. */
  private final Map<Integer, Map<Integer, Hour>> hours = new HashMap<>();

  PeerResults(String bootstrap, String topic) {
    this.settings = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "auto.offset.reset", "earliest",
        "max.poll.records", 5_000);
    this.topic = topic;
  }

  Verdict check(Oracle oracle) {
    read();
    var verdict = new Verdict(oracle);
    var total = hours.values().stream().flatMap(windows -> windows.values().stream()).mapToLong(Hour::count).sum();
    if (total != oracle.counted()) {
      verdict.fault("events counted: %,d (expected: %,d)".formatted(total, oracle.counted()));
    }
    hours.forEach((key, windows) -> {
      if (key % oracle.step() == 0) {
        check(verdict, key, windows, oracle.windows());
      }
    });
    return verdict;
  }

  private static void check(Verdict verdict, int key, Map<Integer, Hour> windows, int count) {
    var all = new Hour[count];
    windows.forEach((window, hour) -> {
      if (window < 0 || window >= count) {
        verdict.fault(Workload.key(key) + ", window " + window + ": " + hour + " (expected: null)");
      } else {
        all[window] = hour;
      }
    });
    verdict.key(key, all);
  }

  private void read() {
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions = consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (!atEnd(consumer, partitions, ends)) {
        consumer.poll(POLL).forEach(this::take);
      }
    }
  }

  private static boolean atEnd(KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
    return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
  }

  /** The record's key is the entity key and then the window's start, eight bytes. */
  private void take(ConsumerRecord<byte[], byte[]> record) {
    var length = record.key().length - Long.BYTES;
    var key = Workload.number(new String(record.key(), 0, length, StandardCharsets.UTF_8));
    var window = Workload.window(ByteBuffer.wrap(record.key()).getLong(length));
    hours.computeIfAbsent(key, first -> new HashMap<>()).put(window, Hour.written(record.value()));
  }
}
