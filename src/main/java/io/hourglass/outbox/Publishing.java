package io.hourglass.outbox;

import akka.Done;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A producer whose answers are futures. */
final class Publishing {
  private final Producer<byte[], byte[]> producer;

  Publishing(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Completes when Kafka has acknowledged the record. */
  CompletableFuture<Done> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Done> sent = new CompletableFuture<>();
    producer.send(record, (metadata, failure) -> {
      if (failure == null) {
        sent.complete(Done.getInstance());
      } else {
        sent.completeExceptionally(failure);
      }
    });
    return sent;
  }
}
