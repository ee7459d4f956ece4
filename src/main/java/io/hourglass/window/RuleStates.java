package io.hourglass.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the rules of a key stand: durably, and with what is pending on top. */
public final class RuleStates {
  private final Map<String, RuleState> durable;
  private Pending pending;

  RuleStates(Map<String, RuleState> durable) {
    this.durable = durable;
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
