package io.hourglass.window;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The trailing hour of a key, or whatever length its panes add up to. It ends with a pane, so that it takes in up to a pane's
 * size less than its length of what lies behind.
 */
final class Rolling {
  private final KeySpec spec;
  private final PaneSpec panes;
  private final TreeMap<Long, Tally> durable;
  private Pending pending;

  Rolling(KeySpec spec, KeyState durable) {
    this.spec = spec;
    this.panes = spec.panes();
    this.durable = durable.panes;
  }

  void on(Pending newest) {
    pending = newest;
  }

  /** Start of the newest pane; {@code Long.MIN_VALUE}: there is none. */
  long newestPane(boolean durableOnly) {
    long newest = durable.isEmpty() ? Long.MIN_VALUE : durable.lastKey();
    if (!durableOnly) {
      for (WindowDelta delta : pending.windows.values()) {
        newest = Math.max(newest, delta.newestPane());
      }
    }
    return newest;
  }

  /** The whole length of it up to the end of the pane that holds {@code time}. */
  RollingView at(long time) {
    return view(panes.startOf(time), panes.lengthMs(), false);
  }

  /** The length of it up to the end of the pane that begins at {@code last}. */
  RollingView view(long last, long length, boolean durableOnly) {
    long from = panes.first(last, length);
    long to = last + panes.sizeMs();
    List<Tally> parts = new ArrayList<>(durable.subMap(from, to).values());
    if (!durableOnly) {
      pending.windows.values().forEach(delta -> delta.panes(from, to, parts::add));
    }
    return new RollingView(spec, from, to, parts);
  }

  /** The event time beyond {@code after} at which the next pane is left behind; {@link Long#MAX_VALUE}: there is none. */
  long leaves(long after) {
    long from = after - panes.lengthMs();
    Long held = durable.ceilingKey(from);
    long pane = held == null ? Long.MAX_VALUE : held;
    for (WindowDelta delta : pending.windows.values()) {
      pane = Math.min(pane, delta.firstPane(from));
    }
    return pane == Long.MAX_VALUE ? pane : pane + panes.lengthMs() + 1;
  }
}
