package io.hourglass.outbox;

import akka.Done;
import io.hourglass.event.Decoded;
import io.hourglass.settings.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where records go that are not counted: the dead-letter topic with the reason, the late topic. Both hold
 * the original key and bytes; headers say where the record stood and why it is there.
 */
public final class SideTopics {
  /** Headers of both topics. */
  public static final String REASON = "reason";
  public static final String DETAIL = "detail";
  public static final String TOPIC = "source-topic";
  public static final String PARTITION = "source-partition";
  public static final String OFFSET = "source-offset";
  public static final String TIMESTAMP = "source-timestamp";
  public static final String WINDOW_START = "window-start";
  public static final String KEY = "key";

  private final Publishing publishing;

  public SideTopics(Producer<byte[], byte[]> producer) {
    this.publishing = new Publishing(producer);
  }

  /** A record that cannot be counted, and why. */
  public record Rejected(ConsumerRecord<byte[], byte[]> record, Decoded.DeadLetter why) {}

  /** Completes when Kafka has all of them. */
  public CompletionStage<Done> deadLetters(Pipeline pipeline, List<Rejected> rejected) {
    CompletableFuture<?>[] sent = rejected.stream()
        .map(each -> publishing.send(copy(pipeline.deadLetterTopic(), each.record(), each.why().reason(), each.why().detail())))
        .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(sent).thenApply(all -> Done.getInstance());
  }

  /** A late event: which key's window it missed. */
  public CompletableFuture<Done> late(Pipeline pipeline, ConsumerRecord<byte[], byte[]> record, String key, long windowStart) {
    ProducerRecord<byte[], byte[]> copy = copy(pipeline.lateTopic(), record, "late", "window is closed");
    header(copy, KEY, key);
    header(copy, WINDOW_START, Long.toString(windowStart));
    return publishing.send(copy);
  }

  private static ProducerRecord<byte[], byte[]> copy(String topic, ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
    ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(topic, record.key(), record.value());
    record.headers().forEach(copy.headers()::add);
    header(copy, REASON, reason);
    header(copy, DETAIL, detail);
    header(copy, TOPIC, record.topic());
    header(copy, PARTITION, Integer.toString(record.partition()));
    header(copy, OFFSET, Long.toString(record.offset()));
    header(copy, TIMESTAMP, Long.toString(record.timestamp()));
    return copy;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
