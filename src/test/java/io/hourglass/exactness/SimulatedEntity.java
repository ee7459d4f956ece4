package io.hourglass.exactness;

import io.hourglass.rule.Rules;
import io.hourglass.window.Branches;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.KeySnapshot;
import io.hourglass.window.LateEvent;
import io.hourglass.window.Observation;
import io.hourglass.window.Source;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowsAdvanced;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The entity of one key as {@code KeyEntity} runs it: the journal outlives it, what it holds in memory
 * does not. Closed windows leave it and are gathered.
 */
final class SimulatedEntity {
  private final KeySpec spec;
  private final Mutation mutation;
  private final Random random;
  private final SimulatedJournal journal;
  /** Writes of entities that have lost the key, which no one has heard of yet. */
  private final List<SimulatedJournal.Row> onTheWay = new ArrayList<>();
  private KeySnapshot snapshot;
  private int snapshotAt;
  private int number;
  private KeyState state;
  private KeyWindows windows;
  /** Counts of windows that have left, by start. */
  final Map<Long, Long> closed = new TreeMap<>();
  /** Late events by where they stand: sent at least once, counted once. */
  final Set<LateEvent> late = new HashSet<>();
  String violation;

  SimulatedEntity(KeySpec spec, Mutation mutation, Random random) {
    this.spec = spec;
    this.mutation = mutation;
    this.random = random;
    this.journal = new SimulatedJournal(random);
  }

  private KeyWindows windows() {
    if (windows == null) {
      state = snapshot == null ? new KeyState(spec) : new KeyState(spec, snapshot);
      replay(journal.after(snapshotAt));
      number = Math.max(snapshotAt, journal.last());
      windows = new KeyWindows(spec, state, Watch.NONE);
      late.addAll(windows.unsentLate());
      leave();
    }
    return windows;
  }

  private void replay(List<WindowsAdvanced> events) {
    if (mutation == Mutation.FOLD_EVERY_WRITER) {
      events.forEach(state::apply);
    } else {
      Branches branches = new Branches(state);
      (mutation == Mutation.TRUST_THE_LAST_WRITER ? SimulatedJournal.ofLastWriters(events) : events).forEach(branches::read);
      branches.settle();
    }
  }

  /** True: taken; false: a gap. */
  boolean observe(Source source, long previous, List<Observation> observations) {
    if (mutation != Mutation.NO_ACCEPT_RULE && !windows().accepts(source, previous)) {
      return false;
    }
    if (mutation == Mutation.NO_DEDUPLICATION) {
      Source another = new Source(source.topicId() + late.size() + number + observations.hashCode(), 0);
      windows().observe(another, observations);
    }
    windows().observe(source, observations);
    leave();
    return true;
  }

  /** The offset that is durable afterwards; empty: a gap. */
  OptionalLong persist(Source source, long last, long watermark) {
    boolean complete = windows().accepts(source, last);
    if (complete || mutation == Mutation.ADVANCE_OVER_A_GAP) {
      windows().advance(watermark);
    }
    if (!complete && mutation != Mutation.ANY_ANSWER_IS_DURABLE) {
      return OptionalLong.empty();
    }
    write();
    leave();
    return OptionalLong.of(windows().seenDurably(source));
  }

  boolean advance(Source source, long previous, long watermark) {
    if (mutation != Mutation.ADVANCE_OVER_A_GAP && !windows().accepts(source, previous)) {
      return false;
    }
    windows().advance(watermark);
    leave();
    return true;
  }

  private void write() {
    if (windows().dirty()) {
      WindowsAdvanced event = windows().event(true, eventId());
      journal.add(++number, event);
      state.apply(event);
      windows.persisted();
      late.addAll(windows.unsentLate());
    }
  }

  /** Windows that are due leave, once what they hold is durable. */
  private void leave() {
    if (windows().closing().isEmpty()) {
      return;
    }
    write();
    for (long start : windows().closing()) {
      WindowResult result = windows().window(start, false);
      Long before = closed.put(start, result.count());
      if (before != null && before != result.count()) {
        violation = "window " + start + " left with " + before + ", then with " + result.count();
      }
      windows().published(start);
    }
  }

  /** The process dies: what is not in the journal is gone. */
  void crash() {
    windows = null;
  }

  private long eventId() {
    return random.nextLong(1, Long.MAX_VALUE);
  }

  /** Its node pauses with a write on its way, and the key lives on elsewhere. */
  void lose() {
    if (windows != null && windows.dirty()) {
      onTheWay.add(new SimulatedJournal.Row(number + 1, windows.event(true, eventId())));
    }
    crash();
  }

  /** A write of an entity that has lost the key reaches the journal. */
  void land() {
    if (!onTheWay.isEmpty()) {
      SimulatedJournal.Row row = onTheWay.remove(random.nextInt(onTheWay.size()));
      journal.add(row.number(), row.event());
    }
  }

  /** Passivation, hand-off: persists and goes; it may leave a snapshot. */
  void stop(boolean withSnapshot) {
    if (windows == null) {
      return;
    }
    write();
    if (withSnapshot) {
      snapshot = mutation == Mutation.FORGET_SEEN ? unseen(state.snapshot(Rules::learn)) : state.snapshot(Rules::learn);
      snapshotAt = number;
    }
    windows = null;
  }

  private static KeySnapshot unseen(KeySnapshot whole) {
    return new KeySnapshot(List.of(), whole.watermark(), whole.tallies(), whole.late(), whole.lateTotal(), whole.closedByClock(),
        whole.published(), whole.alerts(), whole.unsentLate(), whole.unsentAlerts(), whole.newest(), whole.rules(), whole.panes());
  }

  /** Counts of all windows, those that left and those that did not. */
  Map<Long, Long> counts() {
    Map<Long, Long> counts = new TreeMap<>(closed);
    windows().result(true).windows().forEach(window -> counts.put(window.start(), window.count()));
    return counts;
  }

  List<WindowResult> rolling() {
    return windows().rolling(Simulation.PANES.lengthMs(), true).windows();
  }

  Map<Long, Long> lateCounts() {
    Map<Long, Long> counts = new TreeMap<>();
    late.forEach(event -> counts.merge(event.start(), 1L, Long::sum));
    return counts;
  }
}
