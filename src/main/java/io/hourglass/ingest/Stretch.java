package io.hourglass.ingest;

import akka.kafka.ConsumerSettings;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/** Whether anything can be read between two offsets: marks of transactions have offsets, and are no records. */
final class Stretch {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int POLLS = 15;

  private Stretch() {}

  /** Blocks for some seconds at most; false when it could not be told. */
  static boolean empty(ConsumerSettings<byte[], byte[]> kafka, TopicPartition partition, long from, long to) {
    try (Consumer<byte[], byte[]> consumer = kafka.withProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1").createKafkaConsumer()) {
      consumer.assign(Set.of(partition));
      consumer.seek(partition, from);
      for (int i = 0; i < POLLS && consumer.position(partition) < to; i++) {
        if (!consumer.poll(POLL).isEmpty()) {
          return false;
        }
      }
      return consumer.position(partition) >= to;
    }
  }
}
