package io.hourglass.window;

/**
 * Where a rule stands over a key.
 *
 * @param activeAt event time since which the condition has held, epoch milliseconds
 * @param clearSince event time since which it has not, while {@code keep-firing-for} runs; {@link #NOT_CLEAR}: it holds
 * @param window start of the newest window it fired over: an earlier window does not raise it again
 * @param value what the rule's first variable was when it last held
 * @param raised as it was told; null unless it fires
 */
public record RuleState(String rule, Phase phase, long activeAt, long clearSince, long window, double value, RaisedAlert raised) {
  public static final long NOT_CLEAR = Long.MIN_VALUE;

  /** Prometheus's states of an alert. */
  public enum Phase { INACTIVE, PENDING, FIRING }

  public static RuleState pending(String rule, long at, long window, double value) {
    return new RuleState(rule, Phase.PENDING, at, NOT_CLEAR, window, value, null);
  }

  public RuleState firing(RaisedAlert alert) {
    return new RuleState(rule, Phase.FIRING, activeAt, NOT_CLEAR, alert.start(), alert.value(), alert);
  }

  public RuleState inactive() {
    return new RuleState(rule, Phase.INACTIVE, activeAt, NOT_CLEAR, window, value, null);
  }

  /** It still holds. */
  public RuleState holding(double now) {
    return new RuleState(rule, phase, activeAt, NOT_CLEAR, window, now, raised);
  }

  public RuleState clearSince(long at) {
    return new RuleState(rule, phase, activeAt, at, window, value, raised);
  }

  public boolean is(Phase some) {
    return phase == some;
  }

  /** The alert as it is now: with the newest value at which it held. */
  public RaisedAlert alert() {
    return raised.withValue(value);
  }

  /** The end of the alert. */
  public RaisedAlert ended(long at) {
    return raised.endedAt(at, value);
  }
}
