package io.hourglass.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.hourglass.window.MeasureSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** CEL set up for a pipeline: counts are {@code int}, aggregates {@code double}, and they compare with each other. */
final class Cel {
  private final Variables variables;
  private final Set<String> roots;
  private final CelCompiler compiler;

  Cel(List<MeasureSpec> measures) {
    variables = new Variables(measures);
    roots = variables.all().stream().map(each -> root(each.name())).collect(Collectors.toUnmodifiableSet());
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder().setOptions(CelLanguage.OPTIONS).setResultType(SimpleType.BOOL);
    variables.all().forEach(each -> builder.addVar(each.name(), each.counts() ? SimpleType.INT : each.tells() ? SimpleType.BOOL : SimpleType.DOUBLE));
    compiler = builder.build();
  }

  Variables variables() {
    return variables;
  }

  /** Parses and checks a condition. */
  CelAbstractSyntaxTree check(String source) throws BadCondition {
    CelLanguage.checkLength(source);
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
      return CelLanguage.RUNTIME.createProgram(checked);
    } catch (CelEvaluationException | RuntimeException failure) {
      throw new BadCondition(String.valueOf(failure.getMessage()));
    }
  }

  /** CEL itself would only say that it does not know "bytes": says what there is instead. */
  private void checkNames(CelAbstractSyntaxTree parsed) throws BadCondition {
    for (String name : CelLanguage.names(parsed).filter(name -> name.indexOf('.') >= 0).toList()) {
      checkName(name);
    }
  }

  private void checkName(String name) throws BadCondition {
    if (variables.find(name) == null) {
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
