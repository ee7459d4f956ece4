package io.hourglass.rule;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule as it is written.
 *
 * @param name letters, digits, {@code -} and {@code _}
 * @param when CEL: it fires when this holds
 * @param clear CEL: having fired it ends only when this holds; empty: when {@code when} does not
 * @param on empty: {@code EVENT} if {@code when} names {@code event}, else {@code UPDATE}
 * @param anomaly fires when a closed window is odd, instead of {@code when}, which is empty then
 * @param forMs for how long it must hold before it fires, event time
 * @param keepFiringForMs for how long it must not hold before it ends, event time
 * @param labels to be added to pipeline, rule, key and severity
 * @param summary text with {@code {key}}, {@code {value}} and the like to be filled in
 * @param description longer text, filled in the same way; may be empty
 */
public record RuleSpec(String name, String when, Optional<String> clear, Optional<On> on, Optional<AnomalySpec> anomaly, long forMs, long keepFiringForMs, NoData noData,
    String severity, Map<String, String> labels, String summary, String description) {

  public RuleSpec {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A rule with nothing but a condition. */
  public static RuleSpec of(String name, String when, String severity, String summary) {
    return new RuleSpec(name, when, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, NoData.KEEP, severity, Map.of(), summary, "");
  }
}
