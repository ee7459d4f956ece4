package io.hourglass.shared;

import akka.Done;
import io.hourglass.shared.SharedTable.Change;
import io.hourglass.shared.SharedTable.Entry;
import io.hourglass.shared.SharedTable.Listener;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A table of one node, without Kafka. What several instances of a part share survives one of them. */
public final class TableInMemory implements Table {
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private long versions;

  @Override
  public CompletionStage<Done> loaded() {
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public Map<String, Entry> all() {
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized CompletionStage<Long> put(String key, byte[] value) {
    entries.put(key, new Entry(value, versions, 0));
    return told(key);
  }

  @Override
  public synchronized CompletionStage<Long> remove(String key) {
    entries.remove(key);
    return told(key);
  }

  private CompletionStage<Long> told(String key) {
    listeners.forEach(listener -> listener.changed(new Change(key, Optional.ofNullable(entries.get(key)), versions)));
    return CompletableFuture.completedFuture(versions++);
  }

  @Override
  public void close() {
    listeners.clear();
  }
}
