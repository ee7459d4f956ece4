package io.hourglass.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads single records again by their offsets: late events keep their original bytes in Kafka alone. One
 * thread, one consumer without a group, opened when first needed.
 */
public final class RecordReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Supplier<Consumer<byte[], byte[]>> open;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
    Thread daemon = new Thread(work, "record-reader");
    daemon.setDaemon(true);
    return daemon;
  });
  private Consumer<byte[], byte[]> consumer;

  public RecordReader(Supplier<Consumer<byte[], byte[]>> open) {
    this.open = open;
  }

  /** The records at {@code offsets}, ascending; those that Kafka has removed are missing. */
  public CompletionStage<List<ConsumerRecord<byte[], byte[]>>> read(TopicPartition partition, List<Long> offsets) {
    return CompletableFuture.supplyAsync(() -> readNow(partition, offsets), thread);
  }

  private List<ConsumerRecord<byte[], byte[]>> readNow(TopicPartition partition, List<Long> offsets) {
    if (consumer == null) {
      consumer = open.get();
    }
    consumer.assign(List.of(partition));
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    for (long wanted : offsets.stream().sorted().toList()) {
      ConsumerRecord<byte[], byte[]> record = readOne(partition, wanted);
      if (record != null) {
        found.add(record);
      }
    }
    return found;
  }

  private ConsumerRecord<byte[], byte[]> readOne(TopicPartition partition, long wanted) {
    consumer.seek(partition, wanted);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        return record.offset() == wanted ? record : null;
      }
      if (consumer.endOffsets(List.of(partition)).get(partition) <= wanted) {
        return null;
      }
    }
    throw new IllegalStateException(partition + "@" + wanted + ": not read in " + PATIENCE.toSeconds() + " s");
  }

  @Override
  public void close() {
    thread.execute(() -> {
      if (consumer != null) {
        consumer.close();
      }
    });
    thread.shutdown();
  }
}
