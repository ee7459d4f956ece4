package io.hourglass.outbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Records that came so late that their key will most likely say so, kept for a while so that they need not be read again.
 * Bounded; the oldest are forgotten first. Thread-safe.
 */
public final class LateRecords {
  /** What a record weighs beside its key and value. */
  private static final int OVERHEAD_BYTES = 200;

  private record At(String topic, int partition, long offset) {}

  private final Map<At, ConsumerRecord<byte[], byte[]>> records = new LinkedHashMap<>();
  private final long mostBytes;
  private long bytes;

  /** @param mostBytes kept in all */
  public LateRecords(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  public synchronized void keep(ConsumerRecord<byte[], byte[]> record) {
    ConsumerRecord<byte[], byte[]> before = records.put(new At(record.topic(), record.partition(), record.offset()), record);
    bytes += weight(record) - (before == null ? 0 : weight(before));
    while (bytes > mostBytes) {
      At oldest = records.keySet().iterator().next();
      bytes -= weight(records.remove(oldest));
    }
  }

  /** The record that stands there, or null when it is not kept. */
  synchronized ConsumerRecord<byte[], byte[]> find(TopicPartition partition, long offset) {
    return records.get(new At(partition.topic(), partition.partition(), offset));
  }

  /** A header holds on to all that was fetched with it until it is looked at: so each is. */
  private static long weight(ConsumerRecord<byte[], byte[]> record) {
    long weight = OVERHEAD_BYTES + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      weight += OVERHEAD_BYTES + header.key().length() + length(header.value());
    }
    return weight;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
