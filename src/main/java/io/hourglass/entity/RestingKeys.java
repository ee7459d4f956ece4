package io.hourglass.entity;

import io.hourglass.window.RestingKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What keys that have left memory on this node hold of their open windows: so a window of all keys is answered without waking
 * them. Bounded by size; the ones that left first are forgotten first, and from then on the read table tells which keys have
 * open windows. Thread-safe.
 *
 * <p>A key rests in a tenure of its shard: once the shard has moved away, what rests here may be out of date, even if
 * the shard comes back.
 */
final class RestingKeys {

  /** @param tenure of the shard at the time */
  record Rest(String key, RestingKey held, long tenure) {
    long weight() {
      return 2L * key.length() + held.weight();
    }
  }

  private final long mostBytes;
  private final Map<String, Rest> keys = new LinkedHashMap<>();
  private long bytes;
  private long forgotten = Long.MIN_VALUE;
  private long closed = Long.MIN_VALUE;

  RestingKeys(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  synchronized void put(Rest rest) {
    closed = Math.max(closed, rest.held().closedUpTo());
    remove(rest.key());
    keys.put(rest.key(), rest);
    bytes += rest.weight();
    Iterator<Rest> oldest = keys.values().iterator();
    while (bytes > mostBytes) {
      Rest each = oldest.next();
      forgotten = Math.max(forgotten, each.held().newest());
      bytes -= each.weight();
      oldest.remove();
    }
  }

  synchronized void remove(String key) {
    Rest rest = keys.remove(key);
    bytes -= rest == null ? 0 : rest.weight();
  }

  /** Those that are here now. */
  synchronized List<Rest> all() {
    return new ArrayList<>(keys.values());
  }

  /**
   * Whether keys may have left memory here of which nothing is known any more but what the read table has: they have closed the
   * window that begins at {@code start}, or were forgotten.
   */
  synchronized boolean tellsLessThanTable(long start) {
    return start <= forgotten || start <= closed;
  }
}
