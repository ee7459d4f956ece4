package io.hourglass.load.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The oracle: what every window must hold, which alerts must exist, and which key stands at which offset. */
final class Ledger {
  private final Load load;
  private final long baseMs;
  private final List<Cell[]> windows = new ArrayList<>();
  private final AlertOracle[] oracles;
  private final int[] partitionOf;
  private final int[][] keyAt;
  private final long[] written;
  private final long[] newestMs;
  private long events;
  private String fault;

  /** @param baseMs start of the first window */
  Ledger(Load load, long baseMs) {
    this.load = load;
    this.baseMs = baseMs;
    oracles = new AlertOracle[load.keys()];
    Arrays.setAll(oracles, key -> new AlertOracle(load, Load.key(key)));
    partitionOf = new int[load.keys()];
    Arrays.fill(partitionOf, -1);
    keyAt = new int[load.partitions()][1 << 12];
    written = new long[load.partitions()];
    newestMs = new long[load.partitions()];
  }

  /** In the order of sending. */
  synchronized void sent(Generator.Event event) {
    var window = (int) ((event.timestampMs() - baseMs) / load.windowMs());
    while (windows.size() <= window) {
      windows.add(new Cell[load.keys()]);
    }
    var cells = windows.get(window);
    if (cells[event.key()] == null) {
      cells[event.key()] = new Cell();
    }
    cells[event.key()].add(event.timestampMs(), event.value());
    events++;
  }

  /** Kafka has it, at this offset: the topic is ours alone, so offsets have no holes. */
  synchronized void acknowledged(Generator.Event event, int partition, long offset) {
    if (offset != written[partition]) {
      fault = "partition " + partition + ": offset " + offset + " (expected: " + written[partition] + ")";
    }
    if (offset == keyAt[partition].length) {
      keyAt[partition] = Arrays.copyOf(keyAt[partition], keyAt[partition].length * 2);
    }
    keyAt[partition][(int) offset] = event.key();
    written[partition] = offset + 1;
    partitionOf[event.key()] = partition;
    oracles[event.key()].event(baseMs + (event.timestampMs() - baseMs) / load.windowMs() * load.windowMs(), event);
    newestMs[partition] = Math.max(newestMs[partition], event.timestampMs());
  }

  /** Windows of a key by start, those with events. */
  synchronized Map<Long, Cell> windows(int key) {
    var found = new TreeMap<Long, Cell>();
    for (var window = 0; window < windows.size(); window++) {
      if (windows.get(window)[key] != null) {
        found.put(baseMs + window * load.windowMs(), windows.get(window)[key]);
      }
    }
    return found;
  }

  /** Whether the newest event of the key's partition has closed the window that starts there. */
  synchronized boolean closed(int key, long startMs) {
    var watermark = newestMs[partitionOf[key]] - Load.OUT_OF_ORDERNESS_MS - 1;
    return watermark >= startMs + load.windowMs() - 1 + Load.LATENESS_MS;
  }

  /** Frames of the alert stream: each alert as it fires, and as it is over. */
  synchronized Set<Firing> frames() {
    var frames = new TreeSet<Firing>();
    for (var key = 0; key < load.keys(); key++) {
      if (partitionOf[key] >= 0) {
        frames.addAll(oracles[key].frames(closed(key, oracles[key].running())));
      }
    }
    return frames;
  }

  /** What {@code /v1/alerts} must tell: each alert once, as it stands. */
  synchronized Set<Firing> alerts() {
    var alerts = new TreeSet<Firing>();
    var frames = frames();
    for (var frame : frames) {
      if (frame.status().equals("resolved") || !frames.contains(new Firing("resolved", frame.rule(), frame.key(), frame.startMs()))) {
        alerts.add(frame);
      }
    }
    return alerts;
  }

  /** Of every key the newest offset below the given one, or -1. */
  synchronized long[] newestBelow(int partition, long offset) {
    var newest = new long[load.keys()];
    Arrays.fill(newest, -1);
    for (var at = 0; at < Math.min(offset, written[partition]); at++) {
      newest[keyAt[partition][at]] = at;
    }
    return newest;
  }

  synchronized long events() {
    return events;
  }

  synchronized long[] written() {
    return written.clone();
  }

  /** Null unless Kafka gave an offset twice or left one out: then the oracle itself is wrong. */
  synchronized String fault() {
    return fault;
  }
}
