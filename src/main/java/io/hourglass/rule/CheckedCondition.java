package io.hourglass.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a checked CEL expression: which variables it names, and what must hold for it to hold. */
final class CheckedCondition {
  /** Whole numbers beyond this are not all doubles. */
  private static final long EXACT = 1L << 53;

  private static final Map<String, Guard.Comparison> COMPARISONS = Map.of(
      "_<_", Guard.Comparison.LESS,
      "_<=_", Guard.Comparison.AT_MOST,
      "_>_", Guard.Comparison.GREATER,
      "_>=_", Guard.Comparison.AT_LEAST);

  private final CelAbstractSyntaxTree tree;
  private final Variables variables;

  CheckedCondition(CelAbstractSyntaxTree tree, Variables variables) {
    this.tree = tree;
    this.variables = variables;
  }

  /** The variable that stands leftmost in the source. */
  Optional<Variable> first() {
    Map<Long, Integer> positions = tree.getSource().getPositionsMap();
    return tree.getReferenceMap().keySet().stream()
        .filter(id -> variable(id) != null)
        .min(Comparator.comparing(id -> positions.getOrDefault(id, Integer.MAX_VALUE)))
        .map(this::variable);
  }

  /** All its variables. */
  Set<Variable> named() {
    return tree.getReferenceMap().keySet().stream().map(this::variable).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
  }

  /** The guards of the condition, those that cost least first. */
  List<Guard> guards() {
    List<Guard> guards = new ArrayList<>();
    collect(tree.getExpr(), guards);
    guards.sort(Comparator.comparing(guard -> guard.variable().cost()));
    return List.copyOf(guards);
  }

  private void collect(CelExpr term, List<Guard> guards) {
    if (term.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL) {
      return;
    }
    if (term.call().function().equals("_&&_")) {
      term.call().args().forEach(each -> collect(each, guards));
    } else if (COMPARISONS.containsKey(term.call().function())) {
      guard(term.call()).ifPresent(guards::add);
    }
  }

  private Optional<Guard> guard(CelExpr.CelCall call) {
    CelExpr left = call.args().get(0);
    CelExpr right = call.args().get(1);
    Guard.Comparison comparison = COMPARISONS.get(call.function());
    return guard(left, comparison, right).or(() -> guard(right, comparison.mirrored(), left));
  }

  private Optional<Guard> guard(CelExpr named, Guard.Comparison comparison, CelExpr constant) {
    Variable variable = variable(named.id());
    double bound = number(constant);
    boolean usable = variable != null && !Double.isNaN(bound);
    return usable ? Optional.of(new Guard(variable, comparison, bound)) : Optional.empty();
  }

  private Variable variable(long id) {
    CelReference reference = tree.getReferenceMap().get(id);
    return reference == null ? null : variables.find(reference.name());
  }

  /** A constant as a double; NaN when it is none or is not exact as one. */
  private static double number(CelExpr expression) {
    if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return Double.NaN;
    }
    CelConstant constant = expression.constant();
    return switch (constant.getKind()) {
      case DOUBLE_VALUE -> constant.doubleValue();
      case INT64_VALUE -> Math.abs(constant.int64Value()) <= EXACT ? constant.int64Value() : Double.NaN;
      default -> Double.NaN;
    };
  }
}
