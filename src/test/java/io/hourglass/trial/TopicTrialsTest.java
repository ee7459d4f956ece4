package io.hourglass.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import io.hourglass.query.DryRun;
import io.hourglass.query.DryRun.Tried;
import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.RuleText;
import io.hourglass.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicTrialsTest {
  private static final Pipeline CLICKS = pipeline("");
  private final Map<Integer, Long> begins = new TreeMap<>(Map.of(0, 0L, 1, 0L));
  private final Map<Integer, Long> ends = new TreeMap<>(Map.of(0, 0L, 1, 0L));
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  private static Pipeline pipeline(String more) {
    return SettingsReader.read(ConfigFactory.load(ConfigFactory.parseString("hourglass.pipelines.clicks { source { topic = clicks }, timestamp = ts\n" + more
        + " window { size = 1h, out-of-orderness = 0s, allowed-lateness = 0s } }"))).pipelines().get(0);
  }

  private static RuleSpec rule(String when) {
    return RuleText.read("tried", "{\"when\":\"" + when + "\"}", CLICKS.keys());
  }

  private void event(int partition, String key, String time) {
    raw(partition, key, "{\"ts\":\"2026-01-01T" + time + "Z\"}");
  }

  private void raw(int partition, String key, String value) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    records.add(new ConsumerRecord<>("clicks", partition, offset, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
  }

  /** A broker's answers: what stands from the offset sought on. */
  private MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
      @Override
      public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        records.stream().filter(each -> each.offset() >= position(new TopicPartition("clicks", each.partition()))).forEach(this::addRecord);
        return super.poll(timeout);
      }
    };
    consumer.updatePartitions("clicks", begins.keySet().stream().map(each -> new PartitionInfo("clicks", each, null, null, null)).toList());
    consumer.updateBeginningOffsets(offsets(begins));
    consumer.updateEndOffsets(offsets(ends));
    return consumer;
  }

  private static Map<TopicPartition, Long> offsets(Map<Integer, Long> of) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    of.forEach((partition, offset) -> offsets.put(new TopicPartition("clicks", partition), offset));
    return offsets;
  }

  private Tried run(Pipeline pipeline, String when) {
    return new TopicTrials(this::consumer, InstantSource.system()).of(pipeline, rule(when)).toCompletableFuture().join();
  }

  private static long at(String time) {
    return Instant.parse("2026-01-01T" + time + "Z").toEpochMilli();
  }

  private static List<String> told(Tried tried) {
    return tried.fired().stream().map(each -> each.key() + " " + Instant.ofEpochMilli(each.alert().at())).toList();
  }

  @Test
  void tellsWhenTheRuleWouldHaveFired() {
    event(0, "a", "10:00:00");
    event(0, "a", "10:00:05");
    event(1, "b", "10:30:00");
    event(1, "b", "11:30:00");
    event(1, "b", "11:30:01");
    raw(1, "b", "nonsense");
    Tried tried = run(CLICKS, "window.count >= 2");
    assertEquals(List.of("b 2026-01-01T11:30:01Z", "a 2026-01-01T10:00:05Z"), told(tried));
    assertEquals(List.of(5L, 1L, 2), List.of(tried.events(), tried.refused(), tried.keys()));
    assertEquals(List.of(at("10:00:00"), at("11:30:01")), List.of(tried.from(), tried.to()));
  }

  @Test
  void aTopicWithoutEventsSaysNothing() {
    Tried tried = run(CLICKS, "window.count >= 2");
    assertEquals(0, tried.events());
    assertNull(tried.from());
    assertNull(tried.to());
  }

  /** What came before the first record may belong to its window, and the one after it compares with that. */
  @Test
  void windowsThatWereNotSeenWholeDoNotCount() {
    begins.put(0, 7L);
    ends.put(0, 7L);
    event(0, "a", "10:59:59");
    event(0, "a", "11:00:00");
    event(0, "a", "11:59:59");
    assertNull(run(CLICKS, "window.count >= 1").from());
    event(0, "a", "12:00:00");
    Tried tried = run(CLICKS, "window.count >= 1");
    assertEquals(at("12:00:00"), tried.from());
    assertEquals(List.of("a 2026-01-01T12:00:00Z"), told(tried));
  }

  @Test
  void readsTheNewestRecordsAlone() {
    int some = TopicTrials.MOST_RECORDS / 2 + 10;
    IntStream.range(0, some).forEach(i -> event(0, "a", "10:00:00"));
    assertEquals(TopicTrials.MOST_RECORDS / 2, run(CLICKS, "window.count >= 1000000").events());
  }

  @Test
  void saysWhenTheOrderIsNotKnown() {
    Pipeline ofField = pipeline("key = host");
    CompletionException failure = assertThrows(CompletionException.class, () -> run(ofField, "window.count > 1"));
    assertInstanceOf(DryRun.NoOrder.class, failure.getCause());
  }
}
