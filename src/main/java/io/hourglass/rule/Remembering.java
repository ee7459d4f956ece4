package io.hourglass.rule;

import io.hourglass.window.KnownValue;
import io.hourglass.window.RuleStates;
import io.hourglass.window.Sample;
import io.hourglass.window.Scene;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the keys of a pipeline must remember for its rules, and no more: the baselines and the values that these name. */
final class Remembering {
  /** By series, one variable of each. */
  private final Map<String, Variable> baselines = new TreeMap<>();
  /** By measure. */
  private final Map<String, Variable> values = new TreeMap<>();

  Remembering(List<Rule> rules) {
    rules.stream().flatMap(Rule::named).forEach(this::add);
  }

  private void add(Variable variable) {
    if (variable.scope() == Scope.BASELINE || variable.scope() == Scope.WEEKLY) {
      baselines.put(variable.series(), variable);
    } else if (variable.tells()) {
      values.put(variable.of(), variable);
    }
  }

  /** After the rules were evaluated at an observation: it is known from now on. */
  void observed(Scene scene, RuleStates states) {
    for (Variable variable : values.values()) {
      KnownValue value = variable.known(scene.event());
      if (value != null) {
        states.remember(value);
      }
    }
  }

  /** After the rules were evaluated at a close: the window is one of the earlier ones from now on. */
  void closed(Scene scene, RuleStates states) {
    if (scene.window().count() > 0) {
      baselines.forEach((series, variable) -> {
        double value = variable.window().value(scene);
        if (!Double.isNaN(value)) {
          states.sample(new Sample(series, scene.slot(variable.scope() == Scope.WEEKLY), value));
        }
      });
    }
  }
}
