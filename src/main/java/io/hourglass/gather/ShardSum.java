package io.hourglass.gather;

import io.hourglass.query.Criterion;
import io.hourglass.query.Ranking;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowShare;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of one shard as they tell their window, each once: who tells first counts. A key that holds nothing of it may have
 * closed it long ago, so the read table's row of it counts. Thread-safe; sealed at the end.
 */
final class ShardSum {
  private final Criterion criterion;
  private final Places places;
  private final KeysTotal total;
  private final Set<String> told = new HashSet<>();
  private final Set<String> empty = new HashSet<>();
  private long keys;
  private long open;
  private boolean sealed;

  /** @param criterion null when there is no ranking */
  ShardSum(Pipeline pipeline, long start, Ranking ranking, Criterion criterion) {
    this.criterion = criterion;
    this.places = ranking == null ? null : new Places(ranking);
    this.total = ranking == null ? new KeysTotal(pipeline.keys(), start) : null;
  }

  /** @param share null: the key holds nothing of it */
  synchronized void key(String key, WindowShare share) {
    if (!sealed && share == null) {
      empty.add(key);
    }
    if (sealed || share == null || !told.add(key)) {
      return;
    }
    count(share.closed());
    if (total == null) {
      places.offer(key, criterion.of(share), share.count(), share.closed());
    } else {
      total.add(share);
    }
  }

  /** @param row of a closed window */
  synchronized void row(String key, StoredWindow stored) {
    WindowResult row = stored.window();
    if (sealed || !told.add(key)) {
      return;
    }
    count(row.closed());
    if (total == null) {
      places.offer(key, criterion.of(row), row.count(), row.closed());
    } else {
      total.add(stored);
    }
  }

  private void count(boolean closed) {
    keys++;
    open += closed ? 0 : 1;
  }

  /** Whether the key has told something, or that there is nothing it could tell. */
  synchronized boolean knows(String key) {
    return told.contains(key) || empty.contains(key);
  }

  /** Whether the window is closed for a key that has told. */
  synchronized boolean closed() {
    return keys > open;
  }

  synchronized boolean holds(String key) {
    return told.contains(key);
  }

  /** Adds this shard to {@code sum}; whoever tells after this tells nobody. */
  synchronized void seal(PartSum sum) {
    sealed = true;
    sum.add(keys, open, places == null ? List.of() : places.list(), total == null ? null : total.data());
  }
}
