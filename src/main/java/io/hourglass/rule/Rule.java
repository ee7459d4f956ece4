package io.hourglass.rule;

import io.hourglass.window.Oddness;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.RuleState;
import io.hourglass.window.RuleState.Phase;
import io.hourglass.window.RuleStates;
import io.hourglass.window.Scene;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A rule, ready to be evaluated at the scenes of any key. For any number of threads. */
public final class Rule {
  private static final Logger LOG = LoggerFactory.getLogger(Rule.class);

  private final RuleSpec spec;
  private final On on;
  /** Null when the rule is about what is odd. */
  private final Condition when;
  private final AnomalyCondition odd;
  /** Null when it ends as soon as it does not hold. */
  private final Condition clear;
  private final AlertMachine machine;
  private final Template summary;
  private final Template description;
  private final LongAdder failures = new LongAdder();
  private volatile boolean told;

  Rule(RuleSpec spec, On on, Condition when, AnomalyCondition odd, Condition clear, Template summary, Template description) {
    this.spec = spec;
    this.on = on;
    this.when = when;
    this.odd = odd;
    this.clear = clear;
    this.machine = new AlertMachine(spec.forMs(), spec.keepFiringForMs(), spec.noData());
    this.summary = summary;
    this.description = description;
  }

  public String name() {
    return spec.name();
  }

  public RuleSpec spec() {
    return spec;
  }

  public On on() {
    return on;
  }

  /** The variables that its conditions name. */
  Stream<Variable> named() {
    return Stream.of(when, clear).filter(Objects::nonNull).flatMap(condition -> condition.named().stream());
  }

  /**
   * What stands first in its condition, if that is of a window: {@code count}, or a measure's {@code bytes.mean}; of what is
   * {@code previous} the same of the window itself.
   */
  public Optional<String> measured() {
    return Optional.ofNullable(odd == null ? when.first() : odd.variable()).filter(Variable::ofOneWindow).map(Variable::inWindow);
  }

  /** How many evaluations failed, as in a division by zero; they count as "does not hold". */
  public long failures() {
    return failures.sum();
  }

  /** Evaluates the rule at {@code scene}, changes its state and has people told. */
  void evaluate(String key, Scene scene, RuleStates states) {
    Condition condition = odd == null ? when : odd.judge(key, name(), scene, states);
    RuleState state = states.of(name());
    Verdict verdict = verdict(condition, scene);
    boolean active = state != null && !state.is(Phase.INACTIVE);
    if (!active && verdict == Verdict.FALSE) {
      return;
    }
    switch (machine.decided(verdict)) {
      case TRUE -> holds(key, scene, condition, active, state, states);
      case FALSE -> doesNotHold(scene, active ? state : null, states);
      default -> { }
    }
  }

  /** An earlier window than the running one may still raise an alert, once; it neither ends nor prolongs one. */
  void evaluateEarlier(String key, Scene scene, RuleStates states) {
    RuleState state = states.of(name());
    boolean open = state == null || (state.is(Phase.INACTIVE) && state.window() < scene.window().start());
    if (open && verdict(when, scene) == Verdict.TRUE) {
      holds(key, scene, when, false, state, states);
    }
  }

  private void holds(String key, Scene scene, Condition condition, boolean active, RuleState last, RuleStates states) {
    double value = condition.value(scene);
    long window = last == null ? Long.MIN_VALUE : last.window();
    RuleState now = active ? last.holding(value) : RuleState.pending(name(), scene.time(), window, value);
    if (machine.fires(now, scene.time())) {
      RaisedAlert alert = alert(key, scene, now, condition instanceof AnomalyCondition.Judged judged ? judged.oddness() : null);
      now = now.firing(alert);
      states.tell(alert);
    }
    if (!now.equals(last)) {
      states.put(now);
    }
  }

  private void doesNotHold(Scene scene, RuleState active, RuleStates states) {
    if (active == null) {
      return;
    }
    if (active.is(Phase.PENDING)) {
      states.put(active.inactive());
    } else if (clear == null || verdict(clear, scene) == Verdict.TRUE) {
      clears(scene, active, states);
    } else if (active.clearSince() != RuleState.NOT_CLEAR) {
      states.put(active.holding(active.value()));
    }
  }

  private void clears(Scene scene, RuleState firing, RuleStates states) {
    RuleState next = machine.clearing(firing, scene.time());
    states.put(next);
    if (next.is(Phase.INACTIVE)) {
      states.tell(firing.ended(scene.time()));
    }
  }

  /** Its rule is no more. */
  static void gone(RuleState state, Scene scene, RuleStates states) {
    if (!state.is(Phase.INACTIVE)) {
      states.put(state.inactive());
    }
    if (state.is(Phase.FIRING)) {
      states.tell(state.ended(scene.time()));
    }
  }

  long deadline(RuleState state) {
    return machine.deadline(state);
  }

  private RaisedAlert alert(String key, Scene scene, RuleState pending, Oddness oddness) {
    double value = pending.value();
    return new RaisedAlert(name(), spec.severity(), summary.fill(key, value, scene, oddness), scene.window().start(), value, scene.time(), null,
        scene.cause(), description.fill(key, value, scene, oddness), spec.labels(), oddness, pending.activeAt());
  }

  private Verdict verdict(Condition condition, Scene scene) {
    try {
      return condition.verdict(scene);
    } catch (ConditionFailed failure) {
      failed(failure);
      return Verdict.FALSE;
    }
  }

  private void failed(ConditionFailed failure) {
    failures.increment();
    if (!told) {
      told = true;
      LOG.warn("Rule {} could not be evaluated and counts as not holding; said once: {}", name(), failure.getMessage());
    }
  }
}
