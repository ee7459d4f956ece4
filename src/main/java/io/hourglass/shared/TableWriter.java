package io.hourglass.shared;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes changes to the topic in the order of calls. */
final class TableWriter implements AutoCloseable {
  private static final int WAITING = 20_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final TableTopic topic;
  private final Producer<String, byte[]> producer;
  private final ExecutorService sender;

  TableWriter(TableTopic topic) {
    this.topic = topic;
    this.producer = new KafkaProducer<>(config(topic.servers()), new StringSerializer(), new ByteArraySerializer());
    this.sender = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
        task -> new Thread(task, "write-" + topic.name()));
  }

  /**
   * @param value null: the key is removed
   * @return the record's offset when all in-sync replicas have it
   */
  CompletableFuture<Long> write(String key, byte[] value) {
    CompletableFuture<Long> written = new CompletableFuture<>();
    try {
      sender.execute(() -> send(key, value, written));
    } catch (RejectedExecutionException e) {
      written.completeExceptionally(e);
    }
    return written;
  }

  /** On a thread of its own, because the producer waits for metadata inside of {@code send}. */
  private void send(String key, byte[] value, CompletableFuture<Long> written) {
    try {
      producer.send(new ProducerRecord<>(topic.name(), 0, key, value), (metadata, failure) -> {
        if (failure == null) {
          written.complete(metadata.offset());
        } else {
          written.completeExceptionally(failure);
        }
      });
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
    }
  }

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
