package io.hourglass.outbox;

import io.hourglass.query.Letters.Asked;
import io.hourglass.query.Letters.Letter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What the headers of a record in a side topic say. */
final class SideRecords {
  /** Of a key or value that is longer so much is told. */
  static final int MOST_BYTES = 64 << 10;

  private SideRecords() {}

  /** Null when somebody else has written the record: it does not say where it comes from. */
  static Letter letter(ConsumerRecord<byte[], byte[]> record) {
    Long partition = number(record, SideTopics.PARTITION);
    Long offset = number(record, SideTopics.OFFSET);
    String topic = text(record, SideTopics.TOPIC);
    if (partition == null || offset == null || topic == null) {
      return null;
    }
    Long timestamp = number(record, SideTopics.TIMESTAMP);
    Header key = record.headers().lastHeader(SideTopics.KEY);
    Long windowStart = number(record, SideTopics.WINDOW_START);
    byte[] value = record.value();
    return new Letter(topic, partition.intValue(), offset, timestamp == null || timestamp < 0 ? null : timestamp,
        text(record, SideTopics.REASON), text(record, SideTopics.DETAIL), record.timestamp(),
        head(windowStart == null || key == null ? record.key() : key.value()), head(value), value == null ? 0 : value.length, windowStart);
  }

  private static byte[] head(byte[] bytes) {
    return bytes == null || bytes.length <= MOST_BYTES ? bytes : Arrays.copyOf(bytes, MOST_BYTES);
  }

  static boolean wanted(Letter letter, Asked asked) {
    return letter.putAsideAt() >= asked.from() && letter.putAsideAt() < asked.to()
        && (asked.reason().isEmpty() || asked.reason().get().equals(letter.reason()))
        && (asked.key().isEmpty() || Arrays.equals(letter.key(), asked.key().get().getBytes(StandardCharsets.UTF_8)));
  }

  /** Ours are the last ones: the original's come before. */
  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Long number(ConsumerRecord<byte[], byte[]> record, String name) {
    String text = text(record, name);
    return text == null || !text.matches("-?\\d{1,18}") ? null : Long.valueOf(text);
  }
}
