package io.hourglass.rule;

/**
 * One alert as Prometheus keeps it: the body of {@code AlertingRule.Eval} (rules/alerting.go, v2.54) for a single label set, line
 * by line, with its names. What it does not need is left out: metrics, the retention of resolved alerts, sending.
 */
final class PrometheusAlert {
  private enum State { INACTIVE, PENDING, FIRING }

  private static final long ZERO = Long.MIN_VALUE;

  private final long holdDuration;
  private final long keepFiringFor;
  private State state = State.INACTIVE;
  private boolean active;
  private long activeAt;
  private long firedAt;
  private long keepFiringSince = ZERO;
  private final StringBuilder story = new StringBuilder();

  PrometheusAlert(long holdDuration, long keepFiringFor) {
    this.holdDuration = holdDuration;
    this.keepFiringFor = keepFiringFor;
  }

  void eval(long ts, boolean result) {
    if (result && !(active && state != State.INACTIVE)) {
      active = true;
      state = State.PENDING;
      activeAt = ts;
      keepFiringSince = ZERO;
    }
    if (active) {
      check(ts, result);
    }
  }

  private void check(long ts, boolean result) {
    if (!result) {
      boolean keepFiring = false;
      if (state == State.FIRING && keepFiringFor > 0) {
        if (keepFiringSince == ZERO) {
          keepFiringSince = ts;
        }
        if (ts - keepFiringSince < keepFiringFor) {
          keepFiring = true;
        }
      }
      if (state == State.PENDING) {
        active = false;
      }
      if (state != State.INACTIVE && !keepFiring) {
        if (state == State.FIRING) {
          tell(firedAt + ".." + ts);
        }
        state = State.INACTIVE;
      }
      if (!keepFiring) {
        return;
      }
    } else {
      keepFiringSince = ZERO;
    }
    if (state == State.PENDING && ts - activeAt >= holdDuration) {
      state = State.FIRING;
      firedAt = ts;
      tell(firedAt + "..");
    }
  }

  private void tell(String change) {
    story.append(story.length() == 0 ? "" : ", ").append("r ").append(change);
  }

  /** {@code r 5..} when it fires, {@code r 5..100} when it is over. */
  String story() {
    return story.toString();
  }
}
