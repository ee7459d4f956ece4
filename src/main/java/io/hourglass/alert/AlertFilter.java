package io.hourglass.alert;

import java.util.Collection;
import java.util.Set;

/** Which alerts a subscriber wants: for each label the values that match exactly, any of them; none named: all. */
record AlertFilter(Set<String> pipelines, Set<String> rules, Set<String> keys, Set<String> severities) {
  static final AlertFilter ALL = new AlertFilter(Set.of(), Set.of(), Set.of(), Set.of());

  boolean matches(Alert alert) {
    return has(pipelines, alert.pipeline())
        && has(rules, alert.rule())
        && has(keys, alert.key())
        && has(severities, alert.severity());
  }

  private static boolean has(Collection<String> wanted, String value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
