package io.hourglass.window;

import java.util.Map;

/**
 * A change of an alert that is told to people: it fires, or it is over.
 *
 * @param start start of the window it fired over, epoch milliseconds
 * @param value what the rule's first variable was at that moment
 * @param at event time from which it fires, epoch milliseconds
 * @param endsAt event time of its end, epoch milliseconds; null while it fires
 * @param cause what made it fire: the observation's source and offset, or the end of a window; with {@code at} it
 *     tells this firing from every other of the rule; empty in alerts of the first format, one for each window
 * @param labels those that the rule adds to pipeline, rule, key and severity
 * @param anomaly what was odd; null unless the rule is about that
 * @param activeAt event time since which the condition held before it fired; null in alerts of the first three formats
 */
public record RaisedAlert(String rule, String severity, String summary, long start, double value, long at, Long endsAt, String cause,
    String description, Map<String, String> labels, Oddness anomaly, Long activeAt) {

  public RaisedAlert {
    cause = cause == null ? "" : cause;
    description = description == null ? "" : description;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** As the first format had it. */
  public RaisedAlert(String rule, String severity, String summary, long start, double value, long at) {
    this(rule, severity, summary, start, value, at, null, "", "", Map.of(), null, null);
  }

  /** The same alert, over. */
  RaisedAlert endedAt(long time, double last) {
    return new RaisedAlert(rule, severity, summary, start, last, at, Math.max(at, time), cause, description, labels, anomaly, activeAt);
  }

  RaisedAlert withValue(double now) {
    return new RaisedAlert(rule, severity, summary, start, now, at, endsAt, cause, description, labels, anomaly, activeAt);
  }
}
