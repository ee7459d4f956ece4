package io.hourglass.trial;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The newest records of a topic, an equal share of each partition's. */
final class NewestRecords {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;

  NewestRecords(Consumer<byte[], byte[]> consumer, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /**
   * Hands on each record, those of one partition in order.
   *
   * @throws TimeoutException when they are not there within the patience
   */
  void read(String topic, int most, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) throws TimeoutException {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<TopicPartition, Long> ends = start(topic, most);
    while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(topic + ": not read within " + patience.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          each.accept(record);
        }
      }
    }
  }

  private Map<TopicPartition, Long> start(String topic, int most) {
    List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    int share = Math.max(1, most / Math.max(1, partitions.size()));
    consumer.assign(partitions);
    partitions.forEach(each -> consumer.seek(each, Math.max(begins.get(each), ends.get(each) - share)));
    return ends;
  }
}
