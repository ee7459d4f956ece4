package io.hourglass.outbox;

import akka.Done;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertLog;
import io.hourglass.alert.Alerts;
import io.hourglass.entity.Outbox;
import io.hourglass.entity.Shards;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.Tables;
import io.hourglass.store.WindowRow;
import io.hourglass.telemetry.Counters;
import io.hourglass.window.LateEvent;
import io.hourglass.window.RaisedAlert;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline's outbox on this node: read tables, the topic of windows, the alert log, the late topic. */
public final class NodeOutbox implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(NodeOutbox.class);

  private final Pipeline pipeline;
  private final Tables tables;
  private final WindowsTopic windowsTopic;
  private final AlertLog alertLog;
  private final SideTopics sideTopics;
  private final LateRecords lateRecords;
  private final RecordReader records;
  private final Counters counters;
  private final InstantSource clock;

  public NodeOutbox(Pipeline pipeline, Tables tables, WindowsTopic windowsTopic, AlertLog alertLog, SideTopics sideTopics,
      LateRecords lateRecords, RecordReader records, Counters counters, InstantSource clock) {
    this.pipeline = pipeline;
    this.tables = tables;
    this.windowsTopic = windowsTopic;
    this.alertLog = alertLog;
    this.sideTopics = sideTopics;
    this.lateRecords = lateRecords;
    this.records = records;
    this.counters = counters;
    this.clock = clock;
  }

  /** Closes go last: what was seen in a window is told before its end. A window that closes at once need not be told open. */
  @Override
  public CompletionStage<Done> send(String key, List<Item> items) {
    List<CompletionStage<?>> first = new ArrayList<>();
    Set<Long> closing = items.stream().filter(Closed.class::isInstance).map(item -> ((Closed) item).window().start()).collect(Collectors.toSet());
    for (Item item : items) {
      if (item instanceof Opened opened && !closing.contains(opened.start())) {
        first.add(tables.opened(row(key, opened.partition(), opened.start())));
      } else if (item instanceof Raised raised) {
        raised.alerts().forEach(alert -> first.add(alert(outgoing(key, alert))));
      } else if (item instanceof Late late) {
        first.add(late(key, late));
      }
    }
    return all(first).thenCompose(done -> all(items.stream()
        .filter(Closed.class::isInstance)
        .map(item -> (CompletionStage<?>) close(key, (Closed) item))
        .toList()));
  }

  private CompletionStage<Done> close(String key, Closed closed) {
    List<CompletionStage<?>> sent = new ArrayList<>();
    sent.add(tables.closed(row(key, closed.partition(), closed.window().start()), closed.stored()));
    sent.add(windowsTopic.publish(pipeline, key, closed.window()));
    counters.closed(pipeline.name()).increment();
    return all(sent);
  }

  private Alert outgoing(String key, RaisedAlert alert) {
    return Alerts.of(pipeline.name(), key, alert, pipeline.window().endOf(alert.start()), clock.millis());
  }

  private CompletionStage<Done> alert(Alert alert) {
    counters.alerts(pipeline.name()).increment();
    return all(List.of(alertLog.publish(alert), tables.alert(alert)));
  }

  private CompletionStage<Done> late(String key, Late late) {
    List<CompletionStage<?>> sent = new ArrayList<>();
    late.totals().forEach(total -> sent.add(tables.late(row(key, 0, total.start()), total.late())));
    Map<Integer, List<LateEvent>> byPartition =
        late.events().stream().collect(Collectors.groupingBy(event -> event.source().partition()));
    byPartition.forEach((partition, events) -> sent.add(lateRecords(key, partition, events)));
    counters.late(pipeline.name()).add(late.events().size());
    return all(sent);
  }

  private CompletionStage<Done> lateRecords(String key, int partition, List<LateEvent> events) {
    TopicPartition source = new TopicPartition(pipeline.topic(), partition);
    return originals(source, events.stream().map(LateEvent::offset).toList()).thenCompose(found -> all(events.stream()
        .map(event -> sideTopics.late(pipeline, original(source, event.offset(), found), key, event.start()))
        .toList()));
  }

  /** The records as they came, by offset: those that this node does not remember are read again. */
  private CompletionStage<Map<Long, ConsumerRecord<byte[], byte[]>>> originals(TopicPartition source, List<Long> offsets) {
    Map<Long, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
    List<Long> forgotten = new ArrayList<>();
    for (long offset : offsets) {
      ConsumerRecord<byte[], byte[]> record = lateRecords.find(source, offset);
      if (record == null) {
        forgotten.add(offset);
      } else {
        found.put(offset, record);
      }
    }
    return forgotten.isEmpty() ? CompletableFuture.completedFuture(found) : records.read(source, forgotten).thenApply(read -> {
      read.forEach(record -> found.put(record.offset(), record));
      return found;
    });
  }

  /** The record as it came, or one without bytes when Kafka has removed it. */
  private ConsumerRecord<byte[], byte[]> original(TopicPartition source, long offset, Map<Long, ConsumerRecord<byte[], byte[]>> found) {
    ConsumerRecord<byte[], byte[]> record = found.get(offset);
    LOG.debug("{}: late event {}@{}", pipeline.name(), source, offset);
    if (record == null) {
      LOG.warn("{}: late event {}@{}: its record was removed; its bytes are lost", pipeline.name(), source, offset);
      return new ConsumerRecord<>(source.topic(), source.partition(), offset, null, null);
    }
    return record;
  }

  private WindowRow row(String key, int partition, long start) {
    return new WindowRow(pipeline.name(), key, Shards.of(key, pipeline.shards()), partition, start, pipeline.window().endOf(start));
  }

  private static CompletionStage<Done> all(List<? extends CompletionStage<?>> stages) {
    CompletableFuture<?>[] futures = stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(futures).thenApply(done -> Done.getInstance());
  }
}
