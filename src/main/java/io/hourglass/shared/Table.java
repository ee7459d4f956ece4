package io.hourglass.shared;

import akka.Done;
import io.hourglass.shared.SharedTable.Entry;
import io.hourglass.shared.SharedTable.Listener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be asked of a {@link SharedTable}, so that those who use one can be tested without Kafka. */
public interface Table extends AutoCloseable {
  /** Done when all is read that was there at the start. */
  CompletionStage<Done> loaded();

  /** What this node has read, by key; a view that follows the changes. */
  Map<String, Entry> all();

  default Optional<Entry> get(String key) {
    return Optional.ofNullable(all().get(key));
  }

  /**
   * Tells of every change from here on that comes after the initial load; it is in {@link #all} by then. Listen first and
   * take {@link #all} then, and nothing is missed; a change may be in both.
   */
  void listen(Listener listener);

  /**
   * Completes with the entry's version when Kafka has acknowledged it on all in-sync replicas and this node has read it
   * back; others follow within a fraction of a second. Fails when that takes longer than 30 s; it may then happen all the
   * same. Never blocks.
   */
  CompletionStage<Long> put(String key, byte[] value);

  /** As {@link #put}; a key that is not there may be removed, too. */
  CompletionStage<Long> remove(String key);

  @Override
  void close();
}
