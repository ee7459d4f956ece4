package io.hourglass.outbox;

import io.hourglass.outbox.SideLog.Stretch;
import io.hourglass.query.Letters.Asked;
import io.hourglass.query.Letters.Found;
import io.hourglass.query.Letters.Letter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A page of a side topic, newest first. Kafka reads forwards alone, so each partition is read in blocks, the last one first,
 * and the partitions are merged by when their records were written. A page ends early when it holds, or has cost, enough.
 */
final class Backwards {
  private static final int BLOCK = 64;
  private static final int MOST_BLOCK = 4_096;
  private static final long MOST_RECORDS = 200_000;
  private static final long MOST_BYTES = 8 << 20;
  private static final long OVERHEAD_BYTES = 200;
  /** Clocks of nodes that write to the same partition may differ by so much. */
  private static final long SKEW_MS = 300_000;

  private record At(String topic, int partition, long offset) {}

  private record Item(long offset, Letter letter) {
    long bytes() {
      return OVERHEAD_BYTES + length(letter.key()) + length(letter.value());
    }

    private static int length(byte[] bytes) {
      return bytes == null ? 0 : bytes.length;
    }
  }

  /** The newest items of a block, as many as memory has room for; the others are read again later. */
  private static final class Newest {
    private final Deque<Item> items = new ArrayDeque<>();
    private final long most;
    private long bytes;
    private long from;

    Newest(long from, long most) {
      this.from = from;
      this.most = most;
    }

    void add(Item item) {
      items.push(item);
      bytes += item.bytes();
      while (bytes > most && items.size() > 1) {
        Item oldest = items.removeLast();
        bytes -= oldest.bytes();
        from = oldest.offset() + 1;
      }
    }
  }

  /** A partition: what of it is left to read, and what was read and is not told yet, the newest first. */
  private static final class Lane {
    private final int partition;
    private final long begin;
    private Deque<Item> items = new ArrayDeque<>();
    private long end;
    private int block = BLOCK;

    Lane(int partition, long begin, long end) {
      this.partition = partition;
      this.begin = begin;
      this.end = Math.max(begin, end);
    }

    boolean hungry() {
      return items.isEmpty() && end > begin;
    }

    boolean done() {
      return items.isEmpty() && end <= begin;
    }

    Stretch next() {
      return new Stretch(Math.max(begin, end - block), end);
    }

    /** The fewer of a block were wanted, the longer the next. */
    void read(Newest found) {
      items = found.items;
      end = found.from;
      block = items.size() * 4 < block ? Math.min(MOST_BLOCK, block * 4) : BLOCK;
    }

    long rest() {
      return items.isEmpty() ? end : items.peek().offset() + 1;
    }

    long newest() {
      return items.peek().letter().putAsideAt();
    }
  }

  private final SideLog log;
  private final String topic;
  private final Asked asked;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Letter> page = new ArrayList<>();
  private final Set<At> told = new HashSet<>();
  private long records;
  private long bytes;

  Backwards(SideLog log, String topic, Asked asked) {
    this.log = log;
    this.topic = topic;
    this.asked = asked;
    Map<Integer, Long> first = asked.from() == Long.MIN_VALUE ? null : log.notBefore(topic, asked.from());
    Map<Integer, Long> after = asked.to() > Long.MAX_VALUE - SKEW_MS ? Map.of() : log.notBefore(topic, asked.to() + SKEW_MS);
    log.all(topic).forEach((partition, all) -> lanes.add(lane(partition, all, first, after)));
  }

  /** A partition that an earlier page did not know of was not there when its list began. */
  private Lane lane(int partition, Stretch all, Map<Integer, Long> first, Map<Integer, Long> after) {
    long begin = first == null ? all.from() : first.getOrDefault(partition, all.to());
    long end = Math.min(all.to(), after.getOrDefault(partition, all.to()));
    return new Lane(partition, begin, asked.before() == null ? end : Math.min(end, asked.before().getOrDefault(partition, begin)));
  }

  Found page() throws TimeoutException {
    boolean more = true;
    while (more && page.size() < asked.limit() && bytes < MOST_BYTES) {
      List<Lane> hungry = lanes.stream().filter(Lane::hungry).toList();
      more = hungry.isEmpty() ? tellNewest() : records < MOST_RECORDS && log.inTime() && fill(hungry);
    }
    return new Found(page, lanes.stream().allMatch(Lane::done) ? null : rest());
  }

  private boolean tellNewest() {
    Lane newest = lanes.stream().filter(lane -> !lane.items.isEmpty()).max(Comparator.comparingLong(Lane::newest)).orElse(null);
    if (newest == null) {
      return false;
    }
    Item item = newest.items.pop();
    Letter letter = item.letter();
    if (told.add(new At(letter.topic(), letter.partition(), letter.offset()))) {
      page.add(letter);
      bytes += item.bytes();
    }
    return true;
  }

  private boolean fill(List<Lane> hungry) throws TimeoutException {
    Map<Integer, Stretch> stretches = new HashMap<>();
    Map<Integer, Newest> found = new HashMap<>();
    for (Lane lane : hungry) {
      stretches.put(lane.partition, lane.next());
      found.put(lane.partition, new Newest(lane.next().from(), MOST_BYTES / lanes.size()));
    }
    if (!log.read(topic, stretches, record -> keep(record, found.get(record.partition())))) {
      if (records == 0) {
        throw new TimeoutException(topic + ": not read in time");
      }
      return false;
    }
    hungry.forEach(lane -> lane.read(found.get(lane.partition)));
    records += stretches.values().stream().mapToLong(stretch -> stretch.to() - stretch.from()).sum();
    return true;
  }

  private void keep(ConsumerRecord<byte[], byte[]> record, Newest found) {
    Letter letter = SideRecords.letter(record);
    if (letter != null && SideRecords.wanted(letter, asked)) {
      found.add(new Item(record.offset(), letter));
    }
  }

  private Map<Integer, Long> rest() {
    Map<Integer, Long> rest = new TreeMap<>();
    lanes.forEach(lane -> rest.put(lane.partition, lane.rest()));
    return rest;
  }
}
