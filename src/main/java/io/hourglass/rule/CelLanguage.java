package io.hourglass.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Objects;
import java.util.stream.Stream;

/** What all CEL here has in common: numbers of all kinds compare, and an expression is bounded, as it is evaluated at every event. */
final class CelLanguage {
  static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true)
      .maxParseRecursionDepth(100).maxRegexProgramSize(1_000).build();
  static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
  private static final int MOST_CHARACTERS = 4_096;

  private CelLanguage() {}

  /** @throws BadCondition when {@code source} is too long to be parsed */
  static void checkLength(String source) throws BadCondition {
    if (source.length() > MOST_CHARACTERS) {
      throw new BadCondition("at most " + MOST_CHARACTERS + " characters");
    }
  }

  /** All names of a parsed expression as they are written, {@code a} and {@code a.b.c}. */
  static Stream<String> names(CelAbstractSyntaxTree parsed) {
    return CelNavigableAst.fromAst(parsed).getRoot().allNodes()
        .filter(node -> node.parent().filter(CelLanguage::selects).isEmpty())
        .map(node -> name(node.expr())).filter(Objects::nonNull);
  }

  private static boolean selects(CelNavigableExpr node) {
    return node.expr().exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT;
  }

  /** Null when the expression does not begin with a name. */
  private static String name(CelExpr expression) {
    return switch (expression.exprKind().getKind()) {
      case IDENT -> expression.ident().name();
      case SELECT -> {
        String operand = name(expression.select().operand());
        yield operand == null ? null : operand + "." + expression.select().field();
      }
      default -> null;
    };
  }
}
