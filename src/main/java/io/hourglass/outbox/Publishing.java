package io.hourglass.outbox;

import akka.Done;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A producer whose answers are futures. */
final class Publishing {
  private static final int WAITING = 100_000;
  /** A producer waits inside of {@code send} while Kafka is away: here, not on a thread that others need. */
  private static final Executor THREAD = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), work -> {
    Thread daemon = new Thread(work, "publishing");
    daemon.setDaemon(true);
    return daemon;
  });

  private final Producer<byte[], byte[]> producer;

  Publishing(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Completes when Kafka has acknowledged the record. */
  CompletableFuture<Done> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Done> sent = new CompletableFuture<>();
    try {
      THREAD.execute(() -> send(record, sent));
    } catch (RejectedExecutionException tooMany) {
      sent.completeExceptionally(tooMany);
    }
    return sent;
  }

  private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Done> sent) {
    try {
      producer.send(record, (metadata, failure) -> {
        if (failure == null) {
          sent.complete(Done.getInstance());
        } else {
          sent.completeExceptionally(failure);
        }
      });
    } catch (RuntimeException failure) {
      sent.completeExceptionally(failure);
    }
  }
}
