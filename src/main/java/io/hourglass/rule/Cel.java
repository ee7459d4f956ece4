package io.hourglass.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.hourglass.window.MeasureSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** CEL set up for a pipeline: counts are {@code int}, aggregates {@code double}, and they compare with each other. */
final class Cel {
  /** What a condition may take at the most: it is evaluated at every event. */
  private static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true)
      .maxParseRecursionDepth(100).maxRegexProgramSize(1_000).build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private static final int MOST_CHARACTERS = 4_096;

  private final Variables variables;
  private final Set<String> roots;
  private final CelCompiler compiler;

  Cel(List<MeasureSpec> measures) {
    variables = new Variables(measures);
    roots = variables.all().stream().map(each -> root(each.name())).collect(Collectors.toUnmodifiableSet());
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS).setResultType(SimpleType.BOOL);
    variables.all().forEach(each -> builder.addVar(each.name(), each.counts() ? SimpleType.INT : each.tells() ? SimpleType.BOOL : SimpleType.DOUBLE));
    compiler = builder.build();
  }

  Variables variables() {
    return variables;
  }

  /** Parses and checks a condition. */
  CelAbstractSyntaxTree check(String source) throws BadCondition {
    if (source.length() > MOST_CHARACTERS) {
      throw new BadCondition("at most " + MOST_CHARACTERS + " characters");
    }
    CelValidationResult parsed = compiler.parse(source);
    try {
      checkNames(parsed.getAst());
      return compiler.check(parsed.getAst()).getAst();
    } catch (CelValidationException invalid) {
      throw new BadCondition(invalid.getErrors().stream().map(Cel::line).collect(Collectors.joining("; ")));
    }
  }

  CelRuntime.Program program(CelAbstractSyntaxTree checked) throws BadCondition {
    try {
      return RUNTIME.createProgram(checked);
    } catch (CelEvaluationException | RuntimeException failure) {
      throw new BadCondition(String.valueOf(failure.getMessage()));
    }
  }

  /** CEL itself would only say that it does not know "bytes": says what there is instead. */
  private void checkNames(CelAbstractSyntaxTree parsed) throws BadCondition {
    List<CelNavigableExpr> nodes = CelNavigableAst.fromAst(parsed).getRoot().allNodes().toList();
    for (CelNavigableExpr node : nodes) {
      if (is(node, CelExpr.ExprKind.Kind.SELECT) && !node.parent().filter(parent -> is(parent, CelExpr.ExprKind.Kind.SELECT)).isPresent()) {
        checkName(path(node.expr()));
      }
    }
  }

  private static boolean is(CelNavigableExpr node, CelExpr.ExprKind.Kind kind) {
    return node.expr().exprKind().getKind() == kind;
  }

  /** {@code a.b.c} as it is written; null when it does not begin with a name. */
  private static String path(CelExpr expression) {
    return switch (expression.exprKind().getKind()) {
      case IDENT -> expression.ident().name();
      case SELECT -> {
        String operand = path(expression.select().operand());
        yield operand == null ? null : operand + "." + expression.select().field();
      }
      default -> null;
    };
  }

  private void checkName(String name) throws BadCondition {
    if (name != null && variables.find(name) == null) {
      String root = root(name);
      String known = roots.contains(root) ? variables.names(root + ".") : variables.names("");
      throw new BadCondition("in place of " + name + ", one of " + known);
    }
  }

  private static String root(String name) {
    return name.substring(0, name.indexOf('.'));
  }

  /** One error in one line; candidates of overloads left out, a mix of whole and other numbers explained. */
  private static String line(CelIssue issue) {
    String message = issue.getMessage()
        .replaceAll(" \\(candidates: .*", "").replaceAll(" expecting \\{.*", "").replaceAll(" \\(in container ''\\)", "");
    String hint = message.contains("(double, int)") || message.contains("(int, double)")
        ? "; a double is written with a point: 2.0, double(window.count)" : "";
    return "column " + (issue.getSourceLocation().getColumn() + 1) + ": " + message + hint;
  }
}
