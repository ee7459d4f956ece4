package io.hourglass.window;

import java.util.TreeSet;

/** The windows of a key: those of its durable state, and on top what is pending. */
final class Layers {
  private final KeySpec spec;
  private final KeyState durable;
  private Pending pending;

  Layers(KeySpec spec, KeyState durable) {
    this.spec = spec;
    this.durable = durable;
  }

  void on(Pending newest) {
    pending = newest;
  }

  /** One window as it stands; {@link LiveWindow#isMissing} when the key does not hold it. */
  LiveWindow live(long start, boolean durableOnly) {
    WindowDelta more = durableOnly ? null : pending.windows.get(start);
    return new LiveWindow(spec, start, durable.windows.get(start), more == null ? null : more.whole());
  }

  /** Starts of all windows, in order. */
  TreeSet<Long> starts() {
    TreeSet<Long> starts = new TreeSet<>(durable.windows.keySet());
    starts.addAll(pending.windows.keySet());
    return starts;
  }

  /** The newest start before {@code start}; null: there is none. */
  Long before(long start) {
    return greater(durable.windows.lowerKey(start), pending.windows.lowerKey(start));
  }

  private static Long greater(Long one, Long other) {
    return one == null || (other != null && other > one) ? other : one;
  }

  /** Start of the newest window; {@code Long.MIN_VALUE}: there is none. */
  long newest() {
    Long newest = before(Long.MAX_VALUE);
    return newest == null ? Long.MIN_VALUE : newest;
  }

  /** Start of the first window that does not begin before {@code from}; {@code Long.MIN_VALUE}: there is none. */
  long startFrom(long from) {
    Long one = durable.windows.ceilingKey(from);
    Long other = pending.windows.ceilingKey(from);
    return one == null && other == null ? Long.MIN_VALUE
        : Math.min(one == null ? Long.MAX_VALUE : one, other == null ? Long.MAX_VALUE : other);
  }
}
