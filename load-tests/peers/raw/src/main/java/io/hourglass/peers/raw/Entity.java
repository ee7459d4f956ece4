package io.hourglass.peers.raw;

import io.hourglass.peers.Aggregate;
import io.hourglass.peers.Hours;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The windows of a key; the one that the last event fell in is at hand. */
final class Entity {
  private final Map<Long, Aggregate> windows = new HashMap<>();
  private long startMs = Long.MIN_VALUE;
  private Aggregate window;

  void add(long timestampMs, double value) {
    var start = Hours.start(timestampMs);
    if (start != startMs) {
      startMs = start;
      window = windows.computeIfAbsent(start, first -> new Aggregate());
    }
    window.add(timestampMs, value);
  }

  /** Told the start of every window, epoch milliseconds, and what it holds. */
  void forEach(BiConsumer<Long, Aggregate> sink) {
    windows.forEach(sink);
  }
}
