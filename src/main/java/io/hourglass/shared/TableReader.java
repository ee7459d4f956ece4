package io.hourglass.shared;

import akka.Done;
import io.hourglass.shared.SharedTable.Change;
import io.hourglass.shared.SharedTable.Entry;
import io.hourglass.shared.SharedTable.Listener;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic from its beginning on a thread of its own and goes on for as long as the table is open; belongs to no
 * consumer group. While Kafka is away it goes on trying, and what was read stays.
 */
final class TableReader implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration READ_BACK = Duration.ofSeconds(30);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final long UNKNOWN = -1;

  private final TableTopic topic;
  private final Executor executor;
  private final Consumer<String, byte[]> consumer;
  private final Thread thread;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ConcurrentSkipListMap<Long, CompletableFuture<Long>> waiting = new ConcurrentSkipListMap<>();
  private final CompletableFuture<Done> loaded = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  /** The offset that comes next: all below it is in {@link #entries}. */
  private volatile long next;
  /** Where the topic ended at the start. */
  private long history = UNKNOWN;

  /** @param executor where those go on who wait for something to be read */
  TableReader(TableTopic topic, Executor executor) {
    this.topic = topic;
    this.executor = executor;
    this.consumer = new KafkaConsumer<>(config(topic.servers()), new StringDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this, "read-" + topic.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  CompletionStage<Done> loaded() {
    return loaded.minimalCompletionStage();
  }

  Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Completes with {@code offset} when it is read. */
  CompletionStage<Long> read(long offset) {
    CompletableFuture<Long> read = waiting.computeIfAbsent(offset, any -> new CompletableFuture<Long>()
        .orTimeout(READ_BACK.toMillis(), TimeUnit.MILLISECONDS));
    wakeBelow(next);
    return read.whenComplete((done, failure) -> waiting.remove(offset));
  }

  @Override
  public void run() {
    consumer.assign(List.of(topic.partition()));
    consumer.seekToBeginning(List.of(topic.partition()));
    while (closed.getCount() > 0) {
      try {
        readOn();
      } catch (WakeupException closing) {
        LOG.debug("{}: closing", topic.name());
      } catch (OffsetOutOfRangeException renewed) {
        beginAnew();
      } catch (KafkaException | IllegalStateException failure) {
        LOG.warn("topic {}: not read just now, trying again: {}", topic.name(), failure.toString());
        pause();
      }
    }
    consumer.close(CLOSE_TIMEOUT);
  }

  private void readOn() {
    if (history == UNKNOWN) {
      history = consumer.endOffsets(List.of(topic.partition())).get(topic.partition());
    }
    consumer.poll(POLL).records(topic.partition()).forEach(this::take);
    next = consumer.position(topic.partition(), POLL);
    wakeBelow(next);
    if (next >= history && !loaded.isDone()) {
      executor.execute(() -> loaded.complete(Done.getInstance()));
    }
  }

  private void take(ConsumerRecord<String, byte[]> entry) {
    Optional<Entry> now = Optional.ofNullable(entry.value()).map(value -> new Entry(value, entry.offset(), entry.timestamp()));
    if (entry.key() == null) {
      LOG.warn("{}@{}: a record without a key (expected: written by a node); left out", topic.partition(), entry.offset());
    } else {
      put(entry.key(), now, entry.offset());
    }
  }

  private void put(String key, Optional<Entry> now, long version) {
    now.ifPresentOrElse(entry -> entries.put(key, entry), () -> entries.remove(key));
    if (version >= history) {
      Change change = new Change(key, now, version);
      listeners.forEach(listener -> tell(listener, change));
    }
  }

  private void tell(Listener listener, Change change) {
    try {
      listener.changed(change);
    } catch (RuntimeException failure) {
      LOG.error("{}@{}: a listener failed at the change of {}", topic.partition(), change.version(), change.key(), failure);
    }
  }

  private void wakeBelow(long end) {
    waiting.headMap(end).forEach((offset, read) -> executor.execute(() -> read.complete(offset)));
  }

  /** The topic was deleted and created again, or has lost its end: what this node holds is no longer what others see. */
  private void beginAnew() {
    LOG.warn("topic {}: offset {} is gone (expected: a topic that keeps its records); reading it anew", topic.name(), next);
    history = 0;
    List.copyOf(entries.keySet()).forEach(key -> put(key, Optional.empty(), next));
    consumer.seekToBeginning(List.of(topic.partition()));
  }

  private void pause() {
    try {
      closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    consumer.wakeup();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> config(String servers) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
        ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1,
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000,
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
  }
}
