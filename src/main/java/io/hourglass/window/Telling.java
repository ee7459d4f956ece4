package io.hourglass.window;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** What a key tells of itself: of its durable state alone, or with what is pending. */
final class Telling {
  private final KeySpec spec;
  private final KeyState durable;
  private final KeyWindows key;
  private final Layers layers;
  private final Rolling rolling;
  private final RuleStates rules;
  private Pending pending;

  Telling(KeySpec spec, KeyState durable, KeyWindows key, Layers layers, Rolling rolling, RuleStates rules) {
    this.spec = spec;
    this.durable = durable;
    this.key = key;
    this.layers = layers;
    this.rolling = rolling;
    this.rules = rules;
  }

  void on(Pending newest) {
    pending = newest;
  }

  /** The key now, or of its durable state alone. */
  KeyResult result(boolean durableOnly) {
    TreeMap<Source, Long> offsets = new TreeMap<>(durable.seen);
    long late = durable.lateTotal;
    if (!durableOnly) {
      offsets.putAll(pending.seen);
      late += pending.late.size();
    }
    List<SeenOffset> seen =
        offsets.entrySet().stream().map(each -> new SeenOffset(each.getKey(), each.getValue())).toList();
    return new KeyResult(seen, watermark(durableOnly), results(durableOnly), firing(durableOnly), late);
  }

  /**
   * The rolling window of the key, alone: what came in the {@code length} up to the newest event or the watermark, whichever is
   * later. No window when the key was never seen.
   *
   * @param length milliseconds, a multiple of a pane's size up to the longest that is kept
   */
  KeyResult rolling(long length, boolean durableOnly) {
    KeyResult now = result(durableOnly);
    long newest = rolling.newestPane(durableOnly);
    long last = now.watermark() == Watermark.NONE ? (newest == Long.MIN_VALUE ? 0 : newest) : Math.max(newest, spec.panes().startOf(now.watermark()));
    List<WindowResult> window = now.seen().isEmpty() ? List.of() : List.of(rolling.view(last, length, durableOnly).result(now.watermark()));
    return new KeyResult(now.seen(), now.watermark(), window, List.of(), now.late());
  }

  private List<RaisedAlert> firing(boolean durableOnly) {
    Collection<RuleState> states = durableOnly ? durable.rules.values() : rules.all();
    return states.stream().filter(state -> state.is(RuleState.Phase.FIRING)).map(RuleState::alert).toList();
  }

  private List<WindowResult> results(boolean durableOnly) {
    List<WindowResult> results = new ArrayList<>();
    boolean newestClosed = true;
    for (long start : durableOnly ? durable.windows.descendingKeySet() : layers.starts().descendingSet()) {
      WindowResult window = window(start, durableOnly);
      if (!window.closed() || newestClosed || !key.left(start)) {
        results.add(window);
      }
      newestClosed &= !window.closed();
    }
    return results;
  }

  /** One window as it stands, or null when this key does not hold it. */
  WindowResult window(long start, boolean durableOnly) {
    LiveWindow window = layers.live(start, durableOnly);
    long late = key.late(start) + (durableOnly ? 0 : key.pendingLate(start));
    return window.isMissing() ? null : window.result(closedBy(start, durableOnly), watermark(durableOnly), late);
  }

  /** The same with what its results do not tell. */
  StoredWindow stored(long start, boolean durableOnly) {
    WindowResult window = window(start, durableOnly);
    return window == null ? null : stored(window, durableOnly);
  }

  StoredWindow stored(WindowResult window, boolean durableOnly) {
    return layers.live(window.start(), durableOnly).stored(window);
  }

  /** One window as it stands among those of other keys, or null when this key does not hold it. */
  WindowShare share(long start) {
    LiveWindow window = layers.live(start, false);
    return window.isMissing() ? null : new WindowShare(window, key.closed(start), key.late(start) + key.pendingLate(start));
  }

  private String closedBy(long start, boolean durableOnly) {
    if (spec.window().closed(start, watermark(durableOnly))) {
      return key.closedByClock(start) ? "wallclock" : "watermark";
    }
    boolean byClock = durableOnly ? durable.closedByClock.contains(start) : key.closedByClock(start);
    return byClock ? "wallclock" : null;
  }

  /** With nothing pending the watermark is as good as durable: it says what follows from the log. */
  private long watermark(boolean durableOnly) {
    return durableOnly && key.dirty() ? durable.watermark : key.watermark();
  }
}
