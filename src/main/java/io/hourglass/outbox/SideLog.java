package io.hourglass.outbox;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A side topic as it stands, by partition. Whatever does not answer in time throws. */
interface SideLog {

  /** Offsets from {@code from}, inclusive, to {@code to}, exclusive. */
  record Stretch(long from, long to) {}

  /** All that a topic holds; empty when there is none. */
  Map<Integer, Stretch> all(String topic);

  /** The first offset of each partition whose record is not older than {@code time}; a partition without one is missing. */
  Map<Integer, Long> notBefore(String topic, long time);

  /** Reads stretches, each ascending. @return false when that was not done in time */
  boolean read(String topic, Map<Integer, Stretch> stretches, Consumer<ConsumerRecord<byte[], byte[]>> reader);

  /** Whether there is time for more. */
  boolean inTime();
}
