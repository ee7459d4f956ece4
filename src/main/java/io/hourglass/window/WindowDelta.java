package io.hourglass.window;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a key has taken into one window since its newest durable event, as a whole and by panes. A delta of one pane, as in a
 * stream that is followed, is counted once: the whole is the pane.
 */
final class WindowDelta {
  private final KeySpec spec;
  private final Tally whole;
  private long pane = Long.MIN_VALUE;
  private long paneEnd;
  /** By start; null while there is one pane. */
  private TreeMap<Long, Tally> panes;
  /** Panes that no rolling window will look at again, together; null while there are none. */
  private Tally before;
  private Tally current;

  WindowDelta(long start, int partition, KeySpec spec) {
    this.spec = spec;
    this.whole = new Tally(start, partition, spec.measures());
    this.paneEnd = spec.panes().off() ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  void add(Source source, Observation observation) {
    long timestamp = observation.timestamp();
    if (timestamp >= paneEnd || timestamp < pane) {
      turnTo(spec.panes().startOf(timestamp));
    }
    whole.add(source, observation);
    if (current != null) {
      current.add(source, observation);
    }
  }

  private void turnTo(long start) {
    if (paneEnd != Long.MIN_VALUE) {
      if (panes == null) {
        panes = new TreeMap<>();
        panes.put(pane, whole.copy());
      }
      settle();
      current = panes.computeIfAbsent(start, any -> whole.empty());
    }
    pane = start;
    paneEnd = start + spec.panes().sizeMs();
  }

  /** What lies so far behind the newest pane that nothing looks at it, neither now nor later, need not be told apart. */
  private void settle() {
    NavigableMap<Long, Tally> old = panes.headMap(spec.panes().first(panes.lastKey()), false);
    if (!old.isEmpty()) {
      before = before == null ? whole.empty() : before;
      old.values().forEach(before::merge);
      old.clear();
    }
  }

  Tally whole() {
    return whole;
  }

  /** Start of the newest pane; {@code Long.MIN_VALUE}: there is none. */
  long newestPane() {
    return panes == null ? pane : panes.lastKey();
  }

  /** Start of the first pane that begins at {@code from} or later; {@link Long#MAX_VALUE}: there is none. */
  long firstPane(long from) {
    if (panes == null) {
      return pane != Long.MIN_VALUE && pane >= from ? pane : Long.MAX_VALUE;
    }
    Long first = panes.ceilingKey(from);
    return first == null ? Long.MAX_VALUE : first;
  }

  /** Tells the panes with {@code from <= start < to}. */
  void panes(long from, long to, Consumer<Tally> each) {
    if (panes != null) {
      panes.subMap(from, to).values().forEach(each);
    } else if (pane != Long.MIN_VALUE && pane >= from && pane < to) {
      each.accept(whole);
    }
  }

  /** What is to be stored: the panes that begin at {@code first} or later each by itself, what came before them as one. */
  void store(long first, List<TallyData> into) {
    if (panes == null) {
      into.add(whole.data(pane != Long.MIN_VALUE && pane >= first ? pane : null));
      return;
    }
    NavigableMap<Long, Tally> old = panes.headMap(first, false);
    if (before != null || !old.isEmpty()) {
      Tally together = before == null ? whole.empty() : before.copy();
      old.values().forEach(together::merge);
      into.add(together.data(null));
    }
    panes.tailMap(first, true).forEach((start, tally) -> into.add(tally.data(start)));
  }
}
