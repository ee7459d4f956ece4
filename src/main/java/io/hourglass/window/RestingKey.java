package io.hourglass.window;

import java.util.Map;
import java.util.TreeMap;

/**
 * A key that has left memory, as far as it is needed to answer for it: its windows whose close has not left. It changes no
 * more; what changes is the watermark under which they are looked at.
 */
public final class RestingKey {
  private static final int OWN_WEIGHT = 200;

  private final KeySpec spec;
  private final Map<Long, Tally> windows;
  private final Map<Long, Long> late;
  private final Map<Long, Boolean> closedByClock;
  private final int[] partitions;
  private final long watermark;
  private final long closedUpTo;

  private RestingKey(KeySpec spec, KeyState state, long watermark) {
    this.spec = spec;
    this.watermark = watermark;
    this.partitions = state.seen.keySet().stream().mapToInt(Source::partition).distinct().toArray();
    this.windows = new TreeMap<>();
    this.late = new TreeMap<>();
    this.closedByClock = new TreeMap<>();
    long newest = state.late.isEmpty() ? Long.MIN_VALUE : state.late.lastKey();
    for (Map.Entry<Long, Tally> each : state.windows.entrySet()) {
      long start = each.getKey();
      if (state.published.contains(start)) {
        newest = Math.max(newest, start);
      } else {
        windows.put(start, each.getValue());
        late.put(start, state.late.getOrDefault(start, 0L));
        closedByClock.put(start, state.closedByClock.contains(start));
      }
    }
    this.closedUpTo = newest;
  }

  /** @param state of a key that nobody changes any more */
  static RestingKey of(KeySpec spec, KeyState state, long watermark) {
    return new RestingKey(spec, state, watermark);
  }

  /** The window that begins at {@code start}, looked at under a watermark that is durable by now; null when it is not held. */
  public WindowShare share(long start, long durableWatermark) {
    Tally tally = windows.get(start);
    if (tally == null) {
      return null;
    }
    boolean closed = closedByClock.get(start) || spec.window().closed(start, Math.max(watermark, durableWatermark));
    return new WindowShare(new LiveWindow(spec, start, tally, null), closed, late.get(start));
  }

  /** The partitions whose events this key holds. */
  public int[] partitions() {
    return partitions.clone();
  }

  /** Start of the newest window held; {@code Long.MIN_VALUE}: none. */
  public long newest() {
    return windows.keySet().stream().max(Long::compare).orElse(Long.MIN_VALUE);
  }

  /** Start of the newest window of which the read table tells more than this does; {@code Long.MIN_VALUE}: none. */
  public long closedUpTo() {
    return closedUpTo;
  }

  /** Rough size in memory, in bytes. */
  public int weight() {
    return OWN_WEIGHT + windows.values().stream().mapToInt(Tally::weight).sum();
  }
}
