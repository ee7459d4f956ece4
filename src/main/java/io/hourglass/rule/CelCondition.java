package io.hourglass.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.hourglass.window.Scene;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A condition in CEL, the Common Expression Language.
 *
 * <p>An aggregate that has no value yet is unknown to CEL, not NaN: an expression that hangs on it is
 * unknown as a whole, whichever way it compares; one that is decided without it
 * ({@code window.count > 10 || bytes.mean > 5.0}) is decided. Aggregates are worked out when CEL asks
 * for them, so those that are not named cost nothing.
 */
final class CelCondition implements Condition {
  private final String source;
  private final CelRuntime.Program program;
  private final Variables variables;
  private final Variable first;
  private final Guard[] guards;
  private final Set<Variable> named;

  private CelCondition(String source, CelRuntime.Program program, Variables variables, Variable first, List<Guard> guards, Set<Variable> named) {
    this.source = source;
    this.program = program;
    this.variables = variables;
    this.first = first;
    this.guards = guards.toArray(Guard[]::new);
    this.named = named;
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
    return new CelCondition(source, cel.program(tree), cel.variables(), first, checked.guards(), checked.named());
  }

  String source() {
    return source;
  }

  /** Whether it names a variable of {@code scope}. */
  boolean names(Scope scope) {
    return named.stream().anyMatch(variable -> variable.scope() == scope);
  }

  @Override
  public Set<Variable> named() {
    return named;
  }

  @Override
  public Variable first() {
    return first;
  }

  @Override
  public Verdict verdict(Scene scene) throws ConditionFailed {
    for (Guard guard : guards) {
      if (guard.refuses(scene)) {
        return Verdict.FALSE;
      }
    }
    return evaluate(scene);
  }

  private Verdict evaluate(Scene scene) throws ConditionFailed {
    try {
      Object result = program.eval(name -> resolve(name, scene));
      return result instanceof Boolean holds ? (holds ? Verdict.TRUE : Verdict.FALSE) : Verdict.UNKNOWN;
    } catch (CelEvaluationException | RuntimeException failure) {
      throw new ConditionFailed(failure.getMessage());
    }
  }

  private Optional<Object> resolve(String name, Scene scene) {
    Variable variable = variables.find(name);
    return variable == null ? Optional.empty() : Optional.ofNullable(variable.object(scene));
  }

  @Override
  public double value(Scene scene) {
    return first.value(scene);
  }
}
