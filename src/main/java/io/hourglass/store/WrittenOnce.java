package io.hourglass.store;

import akka.Done;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Rows that this process has written and need not write again. Bounded: the least recently used is
 * forgotten and, should it come again, written again. A failed write is not remembered.
 */
final class WrittenOnce<K> {
  private final Map<K, CompletionStage<Done>> written;

  WrittenOnce(int bound) {
    written = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, CompletionStage<Done>> eldest) {
        return size() > bound;
      }
    };
  }

  /** Completes when {@code row} is written, by this call or by an earlier one that may still be on its way. */
  CompletionStage<Done> write(K row, Supplier<CompletionStage<Done>> write) {
    CompletableFuture<Done> done = new CompletableFuture<>();
    synchronized (written) {
      CompletionStage<Done> earlier = written.putIfAbsent(row, done);
      if (earlier != null) {
        return earlier;
      }
    }
    write.get().whenComplete((ok, failure) -> finished(row, done, failure));
    return done;
  }

  private void finished(K row, CompletableFuture<Done> done, Throwable failure) {
    if (failure == null) {
      done.complete(Done.getInstance());
      return;
    }
    synchronized (written) {
      written.remove(row, done);
    }
    done.completeExceptionally(failure);
  }
}
