package io.hourglass.ingest;

import akka.Done;
import akka.kafka.ConsumerMessage;
import akka.kafka.internal.CommittableOffsetImpl;
import akka.kafka.internal.KafkaAsyncConsumerCommitterRef;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import scala.jdk.javaapi.FutureConverters;

/**
 * Commits any offset of a partition with metadata of our own, through the consumer that holds it.
 * Alpakka's public interface ties the metadata to a record when the record is emitted, before its
 * watermark is known; so this one class uses what stands behind it. See decision 002.
 */
final class OffsetCommitter {
  private final TopicPartition partition;
  private volatile KafkaAsyncConsumerCommitterRef consumer;

  OffsetCommitter(TopicPartition partition) {
    this.partition = partition;
  }

  /** Learns the consumer from a message it has read. */
  void learn(ConsumerMessage.CommittableOffset offset) {
    if (consumer == null) {
      consumer = ((CommittableOffsetImpl) offset).committer();
    }
  }

  /** Commits, or does nothing as long as nothing was read; fails when the partition is no longer ours. */
  CompletionStage<Done> commit(long offset, String metadata) {
    if (consumer == null) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return FutureConverters.asJava(consumer.commitSingle(partition, new OffsetAndMetadata(offset, metadata)));
  }
}
