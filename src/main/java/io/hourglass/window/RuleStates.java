package io.hourglass.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the rules of a key stand: durably, and with what is pending on top. */
public final class RuleStates {
  private final Map<String, RuleState> durable;
  private final Memory memory;
  private Pending pending;

  RuleStates(KeyState durable) {
    this.durable = durable.rules;
    this.memory = durable.memory;
  }

  void on(Pending newPending) {
    pending = newPending;
  }

  /** Null when the rule has not held lately. */
  public RuleState of(String rule) {
    RuleState now = pending.rules.get(rule);
    return now != null ? now : durable.get(rule);
  }

  public void put(RuleState state) {
    pending.rules.put(state.rule(), state);
  }

  /** Has people told, once the change is durable. */
  public void tell(RaisedAlert alert) {
    pending.alerts.add(alert);
  }

  /** What came of a series before. */
  public SeriesHistory history(String series) {
    SeriesHistory durable = memory.history(series);
    List<SeriesPoint> more = pending.points.stream().filter(point -> point.series().equals(series)).toList();
    if (more.isEmpty()) {
      return durable;
    }
    List<SeriesPoint> since = new ArrayList<>(durable.since());
    since.addAll(more);
    return new SeriesHistory(series, durable.learnt(), since);
  }

  public void add(SeriesPoint point) {
    pending.points.add(point);
  }

  /** A closed window becomes part of a baseline. */
  public void sample(Sample sample) {
    pending.samples.add(sample);
  }

  Moments baseline(String series, int slot) {
    Moments moments = memory.baseline(series, slot);
    for (Sample sample : pending.samples) {
      moments = sample.slot() == slot && sample.series().equals(series) ? moments.add(sample.value()) : moments;
    }
    return moments;
  }

  boolean isNew(KnownValue value) {
    return !memory.knows(value) && !pending.values.contains(value) && known(value.measure()) < Memory.MOST_VALUES;
  }

  private long known(String measure) {
    return memory.values(measure) + pending.values.stream().filter(value -> value.measure().equals(measure)).count();
  }

  /** Remembers a value of the observation that was just applied. */
  public void remember(KnownValue value) {
    if (isNew(value)) {
      pending.values.add(value);
    }
  }

  /** All that are not forgotten, by name. */
  public List<RuleState> all() {
    if (pending.rules.isEmpty()) {
      return durable.isEmpty() ? List.of() : List.copyOf(durable.values());
    }
    Map<String, RuleState> all = new TreeMap<>(durable);
    all.putAll(pending.rules);
    return new ArrayList<>(all.values());
  }
}
