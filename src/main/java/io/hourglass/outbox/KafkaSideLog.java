package io.hourglass.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A side topic, read by a consumer, for so long. Not for several threads. */
final class KafkaSideLog implements SideLog {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final long untilNs;

  KafkaSideLog(Consumer<byte[], byte[]> consumer, Duration patience) {
    this.consumer = consumer;
    this.untilNs = System.nanoTime() + patience.toNanos();
  }

  @Override
  public boolean inTime() {
    return System.nanoTime() < untilNs;
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(1, untilNs - System.nanoTime()));
  }

  private List<TopicPartition> partitions(String topic) {
    try {
      List<PartitionInfo> known = consumer.partitionsFor(topic, left());
      return known == null ? List.of() : known.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    } catch (UnknownTopicOrPartitionException absent) {
      return List.of();
    }
  }

  @Override
  public Map<Integer, Stretch> all(String topic) {
    List<TopicPartition> partitions = partitions(topic);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, left());
    Map<Integer, Stretch> all = new HashMap<>();
    consumer.beginningOffsets(partitions, left())
        .forEach((partition, begin) -> all.put(partition.partition(), new Stretch(begin, ends.get(partition))));
    return all;
  }

  @Override
  public Map<Integer, Long> notBefore(String topic, long time) {
    Map<TopicPartition, Long> times = partitions(topic).stream().collect(Collectors.toMap(Function.identity(), each -> Math.max(0, time)));
    Map<Integer, Long> first = new HashMap<>();
    consumer.offsetsForTimes(times, left()).forEach((partition, found) -> {
      if (found != null) {
        first.put(partition.partition(), found.offset());
      }
    });
    return first;
  }

  @Override
  public boolean read(String topic, Map<Integer, Stretch> stretches, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Stretch> open = new HashMap<>();
    stretches.forEach((partition, stretch) -> open.put(new TopicPartition(topic, partition), stretch));
    consumer.assign(open.keySet());
    open.forEach((partition, stretch) -> consumer.seek(partition, stretch.from()));
    while (!open.isEmpty() && inTime()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Stretch wanted = stretches.get(record.partition());
        if (record.offset() >= wanted.from() && record.offset() < wanted.to()) {
          reader.accept(record);
        }
      }
      open.entrySet().removeIf(each -> ended(each.getKey(), each.getValue()));
    }
    consumer.assign(List.of());
    return open.isEmpty();
  }

  /** What has been read to its end is not read on. */
  private boolean ended(TopicPartition partition, Stretch stretch) {
    boolean ended = consumer.position(partition, left()) >= stretch.to();
    if (ended) {
      consumer.pause(List.of(partition));
    }
    return ended;
  }
}
