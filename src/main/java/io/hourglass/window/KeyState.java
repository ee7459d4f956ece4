package io.hourglass.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The durable state of a key: the fold of its events. It changes by {@link #apply} alone, in recovery as
 * in life.
 *
 * <p>It keeps the open windows, the closed ones whose close is not yet known to have left, and the newest
 * closed one; everything older is in the read table.
 */
public final class KeyState {
  final KeySpec spec;
  final TreeMap<Source, Long> seen = new TreeMap<>();
  final TreeMap<Long, Tally> windows = new TreeMap<>();
  /** Of the rolling window, by start. */
  final TreeMap<Long, Tally> panes = new TreeMap<>();
  final TreeMap<Long, Long> late = new TreeMap<>();
  final TreeSet<Long> closedByClock = new TreeSet<>();
  final TreeSet<Long> published = new TreeSet<>();
  /** Where the rules stand, by name. */
  final TreeMap<String, RuleState> rules = new TreeMap<>();
  /** What may not have left yet: an event that says so is the proof that it has. */
  final List<LateEvent> unsentLate = new ArrayList<>();
  final List<RaisedAlert> unsentAlerts = new ArrayList<>();
  long watermark = Watermark.NONE;
  /** Id of the newest event folded in. */
  long newest;
  long lateTotal;
  final Memory memory = new Memory();
  long ruleTime = RuleProgress.NONE;
  long running = RuleProgress.NONE;
  long rulesClosed = RuleProgress.NONE;
  long rulesVersion;
  long reviews;

  public KeyState(KeySpec spec) {
    this.spec = spec;
  }

  public KeyState(KeySpec spec, KeySnapshot snapshot) {
    this(spec);
    snapshot.seen().forEach(each -> seen.put(each.source(), each.offset()));
    snapshot.tallies().forEach(each -> windows.put(each.start(), new Tally(each, spec.measures())));
    if (snapshot.panes() != null) {
      snapshot.panes().forEach(this::addToPane);
    }
    snapshot.late().forEach(each -> late.put(each.start(), each.count()));
    closedByClock.addAll(snapshot.closedByClock());
    published.addAll(snapshot.published());
    progress(snapshot.rules(), snapshot.alerts());
    unsentLate.addAll(snapshot.unsentLate());
    unsentAlerts.addAll(snapshot.unsentAlerts());
    watermark = snapshot.watermark();
    lateTotal = snapshot.lateTotal();
    newest = snapshot.newest();
  }

  /** Folds an event in and returns this state. */
  public KeyState apply(WindowsAdvanced event) {
    event.seen().forEach(each -> seen.merge(each.source(), each.offset(), Math::max));
    watermark = Math.max(watermark, event.watermark());
    for (TallyData delta : event.tallies()) {
      Tally tally = new Tally(delta, spec.measures());
      addToPane(delta);
      windows.merge(delta.start(), tally, Tally::merge);
    }
    event.late().forEach(each -> late.merge(each.start(), 1L, Long::sum));
    lateTotal += event.late().size();
    closedByClock.addAll(event.closedByClock());
    published.addAll(event.published());
    if (event.rules() == null) {
      event.published().forEach(start -> rules.values().removeIf(state -> endsWith(start, state)));
    }
    progress(event.rules(), event.alerts());
    if (event.sent()) {
      unsentLate.clear();
      unsentAlerts.clear();
    }
    unsentLate.addAll(event.late());
    unsentAlerts.addAll(event.alerts());
    newest = event.id();
    forgetPublished();
    return this;
  }

  private void addToPane(TallyData delta) {
    if (delta.pane() != null && !spec.panes().off()) {
      panes.merge(delta.pane(), new Tally(delta, spec.measures()), Tally::merge);
      panes.headMap(spec.panes().first(panes.lastKey())).clear();
    }
  }

  private static boolean endsWith(long start, RuleState state) {
    return state.is(RuleState.Phase.FIRING) && state.raised().cause().isEmpty() && state.raised().start() == start;
  }

  /** Before rules had states an alert was told once and ended with its window. */
  private void progress(RuleProgress progress, List<RaisedAlert> alerts) {
    if (progress == null) {
      alerts.forEach(alert -> rules.put(alert.rule(), RuleState.pending(alert.rule(), alert.at(), alert.start(), alert.value()).firing(alert)));
      return;
    }
    progress.states().forEach(state -> rules.put(state.rule(), state));
    ruleTime = Math.max(ruleTime, progress.time());
    running = Math.max(running, progress.running());
    rulesClosed = Math.max(rulesClosed, progress.closed());
    rulesVersion = progress.version();
    reviews = progress.reviews();
    progress.samples().forEach(memory::add);
    progress.baselines().forEach(memory::add);
    progress.values().forEach(memory::add);
    progress.points().forEach(memory::add);
    progress.series().forEach(memory::add);
  }

  /**
   * Drops what has left and is not the newest closed window, and late counts beyond retention. That the
   * clock closed a window is remembered until the watermark closes it too: it must not open again.
   */
  private void forgetPublished() {
    while (published.size() > 1) {
      long oldest = published.pollFirst();
      windows.remove(oldest);
    }
    rules.values().removeIf(state -> state.is(RuleState.Phase.INACTIVE) && forgettable(state));
    closedByClock.removeIf(start -> !windows.containsKey(start) && spec.window().closed(start, watermark));
    if (!late.isEmpty() && watermark != Watermark.NONE) {
      late.headMap(watermark - spec.retentionMs()).clear();
    }
  }

  /** An earlier window that is closed cannot raise it again. */
  private boolean forgettable(RuleState state) {
    return state.window() == Long.MIN_VALUE || spec.window().closed(state.window(), watermark);
  }

  /** Whether this key was never seen. */
  public boolean isNew() {
    return seen.isEmpty();
  }

  /** @param learning makes bytes of what a judge of a series has seen */
  public KeySnapshot snapshot(SeriesHistory.Learning learning) {
    return new KeySnapshot(
        seen.entrySet().stream().map(each -> new SeenOffset(each.getKey(), each.getValue())).toList(),
        watermark,
        windows.values().stream().map(tally -> tally.data(null)).toList(),
        lateCounts(),
        lateTotal,
        List.copyOf(closedByClock),
        List.copyOf(published),
        List.of(),
        List.copyOf(unsentLate),
        List.copyOf(unsentAlerts),
        newest,
        new RuleProgress(List.copyOf(rules.values()), ruleTime, running, rulesClosed, List.of(),
            memory.baselines(), memory.values(), List.of(), memory.histories(learning), rulesVersion, reviews),
        panes.entrySet().stream().map(pane -> pane.getValue().data(pane.getKey())).toList());
  }

  private List<KeySnapshot.LateCount> lateCounts() {
    List<KeySnapshot.LateCount> counts = new ArrayList<>();
    for (Map.Entry<Long, Long> each : late.entrySet()) {
      counts.add(new KeySnapshot.LateCount(each.getKey(), each.getValue()));
    }
    return counts;
  }
}
