package io.hourglass.rule;

import io.hourglass.anomaly.Score;
import io.hourglass.anomaly.Sensitivity;
import io.hourglass.window.Oddness;
import io.hourglass.window.RuleStates;
import io.hourglass.window.Scene;
import io.hourglass.window.SeriesPoint;
import java.util.Set;

/** Holds over a closed window whose value is odd among those before it. What it has judged becomes part of the series. */
final class AnomalyCondition {
  private final Variable variable;
  private final Sensitivity sensitivity;
  private final Judges judges;

  AnomalyCondition(Variable variable, Sensitivity sensitivity, Judges judges) {
    this.variable = variable;
    this.sensitivity = sensitivity;
    this.judges = judges;
  }

  Variable variable() {
    return variable;
  }

  /** A condition over the series of {@code key} as its states have it. */
  Judged judge(String key, String rule, Scene scene, RuleStates states) {
    double value = variable.value(scene);
    String series = rule + ":" + variable.name();
    if (Double.isNaN(value)) {
      return new Judged(Verdict.UNKNOWN, value, null);
    }
    Score score = judges.score(key, states.history(series), scene.localStart(), value);
    states.add(new SeriesPoint(series, scene.localStart(), value));
    Oddness oddness = new Oddness(score.anomaly(), score.expected(), sensitivity.grade(score));
    return new Judged(sensitivity.isAnomaly(score) ? Verdict.TRUE : Verdict.FALSE, value, oddness);
  }

  /** The verdict over one window as a condition, for those that evaluate conditions. */
  record Judged(Verdict verdict, double value, Oddness oddness) implements Condition {
    @Override
    public Verdict verdict(Scene scene) {
      return verdict;
    }

    @Override
    public double value(Scene scene) {
      return value;
    }

    @Override
    public Set<Variable> named() {
      return Set.of();
    }

    @Override
    public Variable first() {
      return null;
    }
  }
}
