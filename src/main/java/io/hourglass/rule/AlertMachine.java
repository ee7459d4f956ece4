package io.hourglass.rule;

import io.hourglass.window.RuleState;
import io.hourglass.window.RuleState.Phase;

/**
 * The life of an alert, in event time: Prometheus's ({@code rules/alerting.go}, {@code AlertingRule.Eval}), for one key and rule.
 *
 * <ol>
 *   <li>It holds, and was inactive: pending since now; fires at once if it need not hold for long.
 *   <li>It is pending, holds, and has for {@code for}: fires.
 *   <li>It is pending and does not hold: forgotten, nobody is told.
 *   <li>It fires and does not hold: over; but if it is to be kept, only when it has not held for so long. Holding again ends that time.
 * </ol>
 *
 * <p>Beyond Prometheus: what cannot be decided changes nothing, or counts as holding or not, as {@link NoData} has it; and a rule
 * with a second condition ends when that one holds.
 *
 * @param forMs how long it must hold
 * @param keepMs how long it must not hold
 */
record AlertMachine(long forMs, long keepMs, NoData noData) {

  /** What the next state follows from: whether it holds, does not, or nothing can be said. */
  Verdict decided(Verdict verdict) {
    return verdict != Verdict.UNKNOWN ? verdict : switch (noData) {
      case KEEP -> Verdict.UNKNOWN;
      case ALERT -> Verdict.TRUE;
      case RESOLVE -> Verdict.FALSE;
    };
  }

  /** Whether a pending alert that holds now fires. */
  boolean fires(RuleState pending, long now) {
    return pending.is(Phase.PENDING) && now - pending.activeAt() >= forMs;
  }

  /** A firing alert that does not hold any more: since when, or over. */
  RuleState clearing(RuleState firing, long now) {
    RuleState clearing = firing.clearSince() == RuleState.NOT_CLEAR ? firing.clearSince(now) : firing;
    return now - clearing.clearSince() >= keepMs ? firing.inactive() : clearing;
  }

  /** The event time at which time alone changes {@code state}, if it goes on as it is; {@link Long#MAX_VALUE}: never. */
  long deadline(RuleState state) {
    if (state.is(Phase.PENDING)) {
      return state.activeAt() + forMs;
    }
    boolean clearing = state.is(Phase.FIRING) && state.clearSince() != RuleState.NOT_CLEAR;
    return clearing ? state.clearSince() + keepMs : Long.MAX_VALUE;
  }
}
