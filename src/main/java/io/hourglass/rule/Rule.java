package io.hourglass.rule;

import io.hourglass.window.Observation;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.WindowView;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A condition with a name, ready to be evaluated. For any number of threads. */
public final class Rule {
  private static final Logger LOG = LoggerFactory.getLogger(Rule.class);

  private final String name;
  private final String severity;
  private final Condition condition;
  private final Summary summary;
  private final LongAdder failures = new LongAdder();
  private volatile boolean told;

  Rule(String name, String severity, Condition condition, Summary summary) {
    this.name = name;
    this.severity = severity;
    this.condition = condition;
    this.summary = summary;
  }

  public String name() {
    return name;
  }

  /** How many evaluations failed, as in a division by zero; they count as "does not hold". */
  public long failures() {
    return failures.sum();
  }

  /** Whether the rule holds over {@code window} and has not been raised over it. */
  boolean raises(WindowView window) {
    return !window.raised(name) && holds(window);
  }

  private boolean holds(WindowView window) {
    try {
      return condition.holds(window);
    } catch (ConditionFailed failure) {
      failed(failure);
      return false;
    }
  }

  private void failed(ConditionFailed failure) {
    failures.increment();
    if (!told) {
      told = true;
      LOG.warn("Rule {} could not be evaluated and counts as not holding; said once: {}", name, failure.getMessage());
    }
  }

  RaisedAlert alert(String key, WindowView window, Observation observation) {
    double value = condition.value(window);
    String text = summary.fill(name, key, value, window.start());
    return new RaisedAlert(name, severity, text, window.start(), value, observation.timestamp());
  }
}
