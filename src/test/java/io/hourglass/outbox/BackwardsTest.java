package io.hourglass.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.query.Letters.Asked;
import io.hourglass.query.Letters.Found;
import io.hourglass.query.Letters.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BackwardsTest {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final TreeMap<Integer, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>();
  private int reads = UNLIMITED;
  private long read;

  private final SideLog log = new SideLog() {
    @Override
    public Map<Integer, Stretch> all(String topic) {
      Map<Integer, Stretch> all = new HashMap<>();
      records.forEach((partition, held) -> all.put(partition, new Stretch(0, held.size())));
      return all;
    }

    @Override
    public Map<Integer, Long> notBefore(String topic, long time) {
      Map<Integer, Long> first = new HashMap<>();
      records.forEach((partition, held) -> held.stream().filter(each -> each.timestamp() >= time).findFirst()
          .ifPresent(each -> first.put(partition, each.offset())));
      return first;
    }

    @Override
    public boolean read(String topic, Map<Integer, Stretch> stretches, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
      stretches.forEach((partition, stretch) ->
          records.get(partition).subList((int) stretch.from(), (int) stretch.to()).forEach(record -> {
            read++;
            reader.accept(record);
          }));
      return reads-- > 0;
    }

    @Override
    public boolean inTime() {
      return true;
    }
  };

  private void put(int partition, long at, String reason, long offset, byte[] value) {
    List<ConsumerRecord<byte[], byte[]>> held = records.computeIfAbsent(partition, first -> new ArrayList<>());
    RecordHeaders headers = new RecordHeaders();
    Map.of("reason", reason, "detail", "", "source-topic", "clicks", "source-partition", "0", "source-offset", Long.toString(offset), "source-timestamp", "-1")
        .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    held.add(new ConsumerRecord<>("dead", partition, held.size(), at, TimestampType.CREATE_TIME, 0, 0, null, value, headers, Optional.empty()));
  }

  private void put(int partition, long at) {
    put(partition, at, "not-json", at, new byte[1]);
  }

  private Found page(Asked asked) {
    try {
      return new Backwards(log, "dead", asked).page();
    } catch (TimeoutException late) {
      throw new IllegalStateException(late);
    }
  }

  private static Asked asked(int limit, Map<Integer, Long> before) {
    return new Asked(Kind.DEAD_LETTERS, Long.MIN_VALUE, Long.MAX_VALUE, Optional.empty(), Optional.empty(), before, limit);
  }

  private static List<Long> offsets(Found found) {
    return found.letters().stream().map(letter -> letter.offset()).toList();
  }

  @Test
  void isNewestFirstOverAllPartitionsAndEveryPageGoesOn() {
    for (int at = 0; at < 1_000; at++) {
      put(at * 7 % 3, at);
    }
    List<Long> all = new ArrayList<>();
    Map<Integer, Long> before = null;
    int pages = 0;
    do {
      Found found = page(asked(70, before));
      all.addAll(offsets(found));
      before = found.rest();
      put(0, 5_000 + pages);
      pages++;
    } while (before != null);
    assertEquals(15, pages);
    List<Long> expected = new ArrayList<>();
    for (long at = 999; at >= 0; at--) {
      expected.add(at);
    }
    assertEquals(expected, all, "what came meanwhile belongs to no later page");
  }

  @Test
  void readsNoMoreThanIsTold() {
    for (int at = 0; at < 100_000; at++) {
      put(0, at);
    }
    assertEquals(List.of(99_999L, 99_998L), offsets(page(asked(2, null))));
    assertTrue(read <= 100, "read " + read);
    read = 0;
    Found late = page(new Asked(Kind.DEAD_LETTERS, 99_990, 99_993, Optional.empty(), Optional.empty(), null, 100));
    assertEquals(List.of(99_992L, 99_991L, 99_990L), offsets(late));
    assertNull(late.rest());
    assertTrue(read <= 100, "read " + read);
  }

  @Test
  void whatIsWantedSeldomIsFoundInLargerSteps() {
    for (int at = 0; at < 100_000; at++) {
      put(0, at, at == 100 ? "empty" : "not-json", at, new byte[1]);
    }
    reads = 40;
    Found found = page(new Asked(Kind.DEAD_LETTERS, Long.MIN_VALUE, Long.MAX_VALUE, Optional.of("empty"), Optional.empty(), null, 1));
    assertEquals(List.of(100L), offsets(found));
  }

  @Test
  void whatWasPutAsideTwiceIsToldOnce() {
    for (int round = 0; round < 2; round++) {
      for (int offset = 0; offset < 3; offset++) {
        put(0, round, "not-json", offset, new byte[1]);
      }
    }
    assertEquals(List.of(2L, 1L, 0L), offsets(page(asked(100, null))));
  }

  @Test
  void aPageOfLargeLettersEndsEarlyAndHoldsNoMoreThanItsShare() {
    for (int at = 0; at < 300; at++) {
      put(at % 2, at, "not-json", at, new byte[200_000]);
    }
    Found found = page(asked(1_000, null));
    assertTrue(found.letters().size() > 100 && found.letters().size() < 150, found.letters().size() + " letters");
    assertEquals(64 << 10, found.letters().get(0).value().length);
    assertEquals(200_000, found.letters().get(0).size());
    long last = offsets(found).get(found.letters().size() - 1);
    assertEquals(last - 1, offsets(page(asked(1, found.rest()))).get(0));
  }

  @Test
  void whatTakesTooLongGoesOnWithTheNextPage() {
    for (int at = 0; at < 1_000; at++) {
      put(0, at);
    }
    reads = 1;
    Found found = page(asked(1_000, null));
    assertTrue(found.letters().size() < 1_000 && found.rest() != null);
    reads = UNLIMITED;
    assertEquals(1_000, found.letters().size() + page(asked(1_000, found.rest())).letters().size());
    reads = 0;
    assertThrows(TimeoutException.class, () -> new Backwards(log, "dead", asked(1, null)).page());
  }

  @Test
  void anAbsentTopicIsAnEmptyListAndStrangersAreLeftOut() {
    assertEquals(new Found(List.of(), null), page(asked(1, null)));
    records.put(0, new ArrayList<>(List.of(new ConsumerRecord<>("dead", 0, 0, new byte[0], new byte[0]))));
    assertEquals(new Found(List.of(), null), page(asked(1, null)));
  }
}
