package io.hourglass.window;

import java.util.List;

/**
 * A key that has left memory, as far as it is needed to answer for it: its windows whose close has not left. It changes no
 * more; what changes is the watermark under which they are looked at.
 */
public final class RestingKey {
  private static final int OWN_WEIGHT = 150;

  private record Held(Tally tally, long late, boolean closedByClock) {}

  private final KeySpec spec;
  /** One, as a rule. */
  private final List<Held> windows;
  private final int[] partitions;
  private final long watermark;
  private final long closedUpTo;

  private RestingKey(KeySpec spec, KeyState state, long watermark) {
    this.spec = spec;
    this.watermark = watermark;
    this.partitions = state.seen.keySet().stream().mapToInt(Source::partition).distinct().toArray();
    this.windows = state.windows.entrySet().stream().filter(each -> !state.published.contains(each.getKey()))
        .map(each -> new Held(each.getValue(), state.late.getOrDefault(each.getKey(), 0L), state.closedByClock.contains(each.getKey())))
        .toList();
    long late = state.late.isEmpty() ? Long.MIN_VALUE : state.late.lastKey();
    this.closedUpTo = state.published.isEmpty() ? late : Math.max(late, state.published.last());
  }

  /** @param state of a key that nobody changes any more */
  static RestingKey of(KeySpec spec, KeyState state, long watermark) {
    return new RestingKey(spec, state, watermark);
  }

  /** The window that begins at {@code start}, looked at under a watermark that is durable by now; null when it is not held. */
  public WindowShare share(long start, long durableWatermark) {
    for (Held each : windows) {
      if (each.tally().start() == start) {
        boolean closed = each.closedByClock() || spec.window().closed(start, Math.max(watermark, durableWatermark));
        return new WindowShare(new LiveWindow(spec, start, each.tally(), null), closed, each.late());
      }
    }
    return null;
  }

  /** The partitions whose events this key holds. */
  public int[] partitions() {
    return partitions.clone();
  }

  /** Start of the newest window held; {@code Long.MIN_VALUE}: none. */
  public long newest() {
    return windows.stream().mapToLong(each -> each.tally().start()).max().orElse(Long.MIN_VALUE);
  }

  /** Start of the newest window of which the read table tells more than this does; {@code Long.MIN_VALUE}: none. */
  public long closedUpTo() {
    return closedUpTo;
  }

  /** Rough size in memory, in bytes. */
  public int weight() {
    return OWN_WEIGHT + windows.stream().mapToInt(each -> each.tally().weight()).sum();
  }
}
