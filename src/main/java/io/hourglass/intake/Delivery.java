package io.hourglass.intake;

import io.hourglass.query.EventIntake.Away;
import io.hourglass.query.EventIntake.Receipt;
import io.hourglass.query.EventIntake.Rejection;
import io.hourglass.query.ReadPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/** The events of one request on their way to Kafka, and what became of each. */
final class Delivery {
  private static final String NOT_ACKNOWLEDGED = "not-acknowledged";

  /** @param key the entity's */
  record Item(int line, String key, ProducerRecord<byte[], byte[]> record) {}

  private final String topicId;
  private final List<Item> items;
  private final List<CompletableFuture<RecordMetadata>> sent;
  private final long untilNs;

  Delivery(String topicId, List<Item> items, long untilNs) {
    this.topicId = topicId;
    this.items = items;
    this.untilNs = untilNs;
    this.sent = items.stream().map(item -> new CompletableFuture<RecordMetadata>()).toList();
  }

  private long leftMs() {
    return TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
  }

  /** Blocks while Kafka is away, until the time is over. */
  void send(Producer<byte[], byte[]> producer) {
    for (int i = 0; i < items.size(); i++) {
      CompletableFuture<RecordMetadata> answer = sent.get(i);
      if (leftMs() <= 0) {
        answer.completeExceptionally(new TimeoutException("not sent in time"));
      } else {
        send(producer, items.get(i).record(), answer);
      }
    }
  }

  private static void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, CompletableFuture<RecordMetadata> answer) {
    try {
      producer.send(record, (metadata, failure) -> {
        if (failure == null) {
          answer.complete(metadata);
        } else {
          answer.completeExceptionally(failure);
        }
      });
    } catch (RuntimeException failure) {
      answer.completeExceptionally(failure);
    }
  }

  /** Completes when there is an answer to every event, or the time is over. */
  CompletionStage<Receipt> receipt(List<Rejection> refused) {
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> done)
        .completeOnTimeout(null, Math.max(1, leftMs()), TimeUnit.MILLISECONDS)
        .thenApply(done -> now(refused));
  }

  private Receipt now(List<Rejection> refused) {
    List<Rejection> rejected = new ArrayList<>(refused);
    ReadPoint.Writing written = new ReadPoint.Writing(topicId);
    int accepted = 0;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      try {
        RecordMetadata metadata = sent.get(i).getNow(null);
        if (metadata == null) {
          rejected.add(notAcknowledged(item, "no answer in time"));
        } else {
          accepted++;
          wrote(item, metadata, written);
        }
      } catch (CompletionException failed) {
        rejected.add(rejection(item, failed.getCause()));
      }
    }
    if (accepted == 0 && rejected.stream().anyMatch(each -> each.reason().equals(NOT_ACKNOWLEDGED))) {
      throw new Away("Kafka has acknowledged none of the events in time; they may have been written all the same");
    }
    rejected.sort(Comparator.comparingInt(Rejection::line));
    return new Receipt(accepted, rejected, written.point());
  }

  /** Kafka does not always tell again where a record stands that it was sent twice. */
  private static void wrote(Item item, RecordMetadata metadata, ReadPoint.Writing written) {
    if (metadata.hasOffset()) {
      written.wrote(item.key(), metadata.partition(), metadata.offset());
    }
  }

  private static Rejection rejection(Item item, Throwable failure) {
    if (failure instanceof RecordTooLargeException) {
      return new Rejection(item.line(), "too-large", failure.getMessage());
    }
    return failure instanceof RetriableException || failure instanceof TimeoutException
        ? notAcknowledged(item, failure.getMessage())
        : new Rejection(item.line(), "refused", failure.toString());
  }

  /** It may stand there, and come a second time when it is sent again. */
  private static Rejection notAcknowledged(Item item, String why) {
    return new Rejection(item.line(), NOT_ACKNOWLEDGED, why + "; it may have been written all the same");
  }
}
