package io.hourglass.outbox;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LateRecordsTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 3);

  private final LateRecords late = new LateRecords(3_000);

  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, int bytes) {
    return new ConsumerRecord<>("t", partition, offset, null, new byte[bytes]);
  }

  @Test
  void aRecordIsFoundWhereItStands() {
    ConsumerRecord<byte[], byte[]> kept = record(3, 7, 10);
    late.keep(kept);
    assertSame(kept, late.find(PARTITION, 7));
    assertNull(late.find(PARTITION, 8));
    assertNull(late.find(new TopicPartition("t", 4), 7));
    assertNull(late.find(new TopicPartition("u", 3), 7));
  }

  @Test
  void headersWeighToo() {
    ConsumerRecord<byte[], byte[]> heavy = record(3, 1, 10);
    heavy.headers().add("trace", new byte[2_000]);
    late.keep(heavy);
    assertSame(heavy, late.find(PARTITION, 1));
    late.keep(record(3, 2, 700));
    assertNull(late.find(PARTITION, 1));
  }

  @Test
  void theOldestIsForgottenAndWhatComesTwiceCountsOnce() {
    for (int time = 0; time < 5; time++) {
      late.keep(record(3, 1, 800));
    }
    late.keep(record(3, 2, 800));
    late.keep(record(3, 3, 800));
    assertSame(1L, late.find(PARTITION, 1).offset());
    late.keep(record(3, 4, 800));
    assertNull(late.find(PARTITION, 1));
    assertSame(2L, late.find(PARTITION, 2).offset());
    late.keep(record(3, 5, 10_000));
    assertNull(late.find(PARTITION, 4));
    assertNull(late.find(PARTITION, 5));
  }
}
