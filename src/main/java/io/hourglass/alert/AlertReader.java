package io.hourglass.alert;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.kafka.ConsumerSettings;
import akka.kafka.Subscriptions;
import akka.kafka.javadsl.Consumer;
import akka.stream.RestartSettings;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Source;
import io.hourglass.alert.LogEvent.Entry;
import io.hourglass.alert.LogEvent.Opened;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the alert log: from its beginning, and after a failure from where the feed stands. Belongs to no
 * consumer group and commits nothing. Tuned for the time from publish to subscriber, not for throughput.
 */
final class AlertReader {
  private static final Logger LOG = LoggerFactory.getLogger(AlertReader.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(50);
  private static final RestartSettings RESTARTS =
      RestartSettings.create(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2);

  private final ActorSystem<?> system;
  private final AlertTopic topic;

  AlertReader(ActorSystem<?> system, AlertTopic topic) {
    this.system = system;
    this.topic = topic;
  }

  /** @param extent how far the feed has read, asked for at each start */
  Source<LogEvent, NotUsed> events(Supplier<Extent> extent) {
    return RestartSource.withBackoff(RESTARTS, () -> opened().flatMapConcat(log -> from(log, extent.get())));
  }

  private Source<Opened, NotUsed> opened() {
    return Source.lazyCompletionStage(
            () -> CompletableFuture.supplyAsync(topic::describe, system.dispatchers().lookup(blocking())::execute))
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  private Source<LogEvent, NotUsed> from(Opened log, Extent extent) {
    boolean sameLog = log.epoch().equals(extent.epoch());
    long next = sameLog ? Math.max(log.begin(), extent.head() + 1) : log.begin();
    return Source.<LogEvent>single(log).concat(entries(next));
  }

  private Source<LogEvent, Consumer.Control> entries(long next) {
    return Consumer.plainSource(settings(), Subscriptions.assignmentWithOffset(topic.partition(), next))
        .map(AlertReader::entry);
  }

  private static LogEvent entry(ConsumerRecord<byte[], byte[]> entry) {
    try {
      return new Entry(entry.offset(), Optional.of(AlertRecord.read(entry.value())));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{}-{} offset {} is not an alert: {}", entry.topic(), entry.partition(), entry.offset(), e.getMessage());
      return new Entry(entry.offset(), Optional.empty());
    }
  }

  private ConsumerSettings<byte[], byte[]> settings() {
    return ConsumerSettings.create(system, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .withBootstrapServers(topic.servers())
        .withPollInterval(POLL_INTERVAL)
        .withPollTimeout(POLL_TIMEOUT)
        .withStopTimeout(Duration.ZERO)
        .withProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")
        .withProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1")
        .withProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
  }

  private static akka.actor.typed.DispatcherSelector blocking() {
    return akka.actor.typed.DispatcherSelector.blocking();
  }
}
