package io.hourglass.alert;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Source;
import io.hourglass.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The log of all alerts, a Kafka topic. One for a node; for many threads. */
public final class AlertLog implements AutoCloseable {
  private static final int WAITING = 10_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final AlertTopic topic;
  private final Producer<byte[], byte[]> producer;
  private final ExecutorService sender;

  private AlertLog(AlertTopic topic) {
    this.topic = topic;
    this.producer = new KafkaProducer<>(config(topic.servers()), new ByteArraySerializer(), new ByteArraySerializer());
    this.sender = new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> new Thread(task, "alert-log"));
  }

  /**
   * Creates the topic if need be and connects. Blocks for up to 10 s.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  public static AlertLog open(Settings settings) {
    return open(settings.kafka().servers(), settings.alerts());
  }

  public static AlertLog open(String servers, Settings.Alerts settings) {
    AlertTopic topic = new AlertTopic(servers, settings.topic(), settings.keep());
    topic.create();
    return new AlertLog(topic);
  }

  /**
   * Done when Kafka has acknowledged it on all in-sync replicas. Never blocks. Fails when Kafka does not
   * take it within 30 s or too many wait; it may then be in the log all the same, so publish it again.
   * The order of calls is the order in the log.
   */
  public CompletionStage<Done> publish(Alert alert) {
    CompletableFuture<Done> done = new CompletableFuture<>();
    try {
      sender.execute(() -> send(alert, done));
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  /** All of it, then what comes; begins where the feed stands whenever it begins again. Feed it to {@link AlertFeed#accept}. */
  public Source<LogEvent, NotUsed> events(ActorSystem<?> system, AlertFeed feed) {
    return new AlertReader(system, topic).events(feed::extent);
  }

  /**
   * The same for a reader that keeps its own place: of the log with this epoch what comes behind the offset, of another all
   * of it. Both are asked for whenever reading begins or begins again.
   */
  public Source<LogEvent, NotUsed> events(ActorSystem<?> system, Supplier<String> epoch, LongSupplier offset) {
    return new AlertReader(system, topic).events(() -> new Extent(epoch.get(), -1, offset.getAsLong()));
  }

  /** Sends what waits, for up to 5 s. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      sender.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE_TIMEOUT);
  }

  /** On a thread of its own, because the producer waits for metadata inside of {@code send}. */
  private void send(Alert alert, CompletableFuture<Done> done) {
    try {
      byte[] key = alert.id().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic.name(), 0, key, AlertRecord.write(alert)), (metadata, failure) -> {
        if (failure == null) {
          done.complete(Done.getInstance());
        } else {
          done.completeExceptionally(failure);
        }
      });
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private static Map<String, Object> config(String servers) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        ProducerConfig.ACKS_CONFIG, "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
        ProducerConfig.LINGER_MS_CONFIG, 0,
        ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
  }
}
