package io.hourglass.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.hourglass.window.WindowView;
import java.util.List;
import java.util.Optional;

/**
 * A condition in CEL, the Common Expression Language.
 *
 * <p>An aggregate that has no value yet is unknown to CEL, not NaN: an expression that hangs on it is
 * unknown as a whole and does not hold, whichever way it compares; one that is decided without it
 * ({@code window.count > 10 || bytes.mean > 5.0}) is decided. Aggregates are worked out when CEL asks
 * for them, so those that are not named cost nothing.
 */
final class CelCondition implements Condition {
  private final CelRuntime.Program program;
  private final Variables variables;
  private final Variable first;
  private final Guard[] guards;

  private CelCondition(CelRuntime.Program program, Variables variables, Variable first, List<Guard> guards) {
    this.program = program;
    this.variables = variables;
    this.first = first;
    this.guards = guards.toArray(Guard[]::new);
  }

  /**
   * Compiles {@code source}.
   *
   * @throws BadCondition when it is not CEL, names what is not there, is not boolean or names nothing
   */
  static CelCondition compile(String source, Cel cel) throws BadCondition {
    CelAbstractSyntaxTree tree = cel.check(source);
    CheckedCondition checked = new CheckedCondition(tree, cel.variables());
    Variable first = checked.first().orElseThrow(
        () -> new BadCondition("a condition over " + cel.variables().names("")));
    return new CelCondition(cel.program(tree), cel.variables(), first, checked.guards());
  }

  @Override
  public boolean holds(WindowView window) throws ConditionFailed {
    for (Guard guard : guards) {
      if (!guard.admits(window)) {
        return false;
      }
    }
    return evaluate(window);
  }

  private boolean evaluate(WindowView window) throws ConditionFailed {
    try {
      return Boolean.TRUE.equals(program.eval(name -> resolve(name, window)));
    } catch (CelEvaluationException | RuntimeException failure) {
      throw new ConditionFailed(failure.getMessage());
    }
  }

  private Optional<Object> resolve(String name, WindowView window) {
    Variable variable = variables.find(name);
    if (variable == null) {
      return Optional.empty();
    }
    if (variable.counts()) {
      return Optional.of(variable.count(window));
    }
    double value = variable.value(window);
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
  }

  @Override
  public double value(WindowView window) {
    return first.value(window);
  }
}
