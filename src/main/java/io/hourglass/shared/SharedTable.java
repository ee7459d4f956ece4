package io.hourglass.shared;

import akka.Done;
import akka.actor.typed.ActorSystem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A small table that all nodes hold in memory and change together: a compacted Kafka topic with one partition, read from
 * its beginning by every node. Of two changes of one key the one with the greater version, its offset, stands on every
 * node. For many threads.
 */
public final class SharedTable implements Table {
  /** The greatest value. */
  public static final int MOST_VALUE_BYTES = 64 << 10;
  /** The longest key, in bytes of UTF-8. */
  public static final int MOST_KEY_BYTES = 1 << 10;

  /**
   * What a key holds.
   *
   * @param value its bytes; not to be changed
   * @param version offset of the record that wrote it; greater than that of all changes before it
   * @param writtenAt wall clock of the node that wrote it, epoch milliseconds
   */
  public record Entry(byte[] value, long version, long writtenAt) {}

  /** @param entry what the key holds now; empty: it is removed */
  public record Change(String key, Optional<Entry> entry, long version) {}

  /** Is told of each change, in the order of versions, by one thread at a time; it is not to block. */
  @FunctionalInterface
  public interface Listener {
    void changed(Change change);
  }

  private final TableTopic topic;
  private final TableWriter writer;
  private final TableReader reader;

  private SharedTable(TableTopic topic, ActorSystem<?> system) {
    this.topic = topic;
    this.writer = new TableWriter(topic);
    this.reader = new TableReader(topic, system.executionContext());
  }

  /**
   * Creates the topic if need be and begins to read. Blocks for up to 10 s.
   *
   * @param servers Kafka's bootstrap servers
   * @throws IllegalStateException if Kafka does not answer
   */
  public static SharedTable open(String servers, String topic, ActorSystem<?> system) {
    TableTopic table = new TableTopic(servers, topic);
    table.create();
    SharedTable opened = new SharedTable(table, system);
    opened.reader.start();
    return opened;
  }

  @Override
  public CompletionStage<Done> loaded() {
    return reader.loaded();
  }

  @Override
  public Map<String, Entry> all() {
    return reader.entries();
  }

  @Override
  public void listen(Listener listener) {
    reader.listen(listener);
  }

  @Override
  public CompletionStage<Long> put(String key, byte[] value) {
    if (value.length > MOST_VALUE_BYTES) {
      return refused(key + ": a value of " + value.length + " bytes (expected: <= " + MOST_VALUE_BYTES + ")");
    }
    return written(key, value);
  }

  @Override
  public CompletionStage<Long> remove(String key) {
    return written(key, null);
  }

  private CompletionStage<Long> written(String key, byte[] value) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    return bytes < 1 || bytes > MOST_KEY_BYTES
        ? refused("a key of " + bytes + " bytes (expected: 1 to " + MOST_KEY_BYTES + ")")
        : writer.write(key, value).thenCompose(reader::read);
  }

  private CompletionStage<Long> refused(String why) {
    return CompletableFuture.failedFuture(new IllegalArgumentException(topic.name() + ": " + why));
  }

  /** Sends what waits, for up to 5 s, and stops reading. */
  @Override
  public void close() {
    writer.close();
    reader.close();
  }
}
