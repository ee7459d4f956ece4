package io.hourglass.rule;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * CEL over the fields of an event, whatever these are: numbers are {@code double}, so that they divide by {@code 1024.0}; a field
 * that an event lacks is unknown, and so is what hangs on it. For any number of threads.
 */
public final class FieldExpression {
  private final CelRuntime.Program program;
  private final Set<String> fields;

  private FieldExpression(CelRuntime.Program program, Set<String> fields) {
    this.program = program;
    this.fields = fields;
  }

  /** It could not be evaluated over this event: a text was divided, a number was no condition. */
  public static final class Failed extends Exception {
    Failed(String message) {
      super(message, null, false, false);
    }
  }

  /** @throws IllegalArgumentException what was expected, when it is no CEL or not true or false */
  public static FieldExpression condition(String source) {
    return compile(source, SimpleType.BOOL);
  }

  /** @throws IllegalArgumentException what was expected, when it is no CEL */
  public static FieldExpression value(String source) {
    return compile(source, SimpleType.DYN);
  }

  private static FieldExpression compile(String source, CelType result) {
    try {
      CelLanguage.checkLength(source);
      Set<String> fields = CelLanguage.names(compiler().build().parse(source).getAst()).collect(Collectors.toUnmodifiableSet());
      CelCompilerBuilder builder = compiler().setResultType(result);
      fields.forEach(field -> builder.addVar(field, SimpleType.DYN));
      return new FieldExpression(CelLanguage.RUNTIME.createProgram(builder.build().compile(source).getAst()), fields);
    } catch (BadCondition tooLong) {
      throw new IllegalArgumentException(tooLong.getMessage());
    } catch (CelValidationException | CelEvaluationException invalid) {
      throw new IllegalArgumentException("CEL over fields of the event; " + String.valueOf(invalid.getMessage()).lines().findFirst().orElse("").strip());
    }
  }

  private static CelCompilerBuilder compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder().setOptions(CelLanguage.OPTIONS);
  }

  /** Paths of the fields that it names. */
  public Set<String> fields() {
    return fields;
  }

  /**
   * Evaluates it.
   *
   * @param field a field's Double, String or Boolean; null when the event lacks it
   * @return a Double, Long, String or Boolean; null when it hangs on a field that the event lacks
   * @throws Failed when it cannot be evaluated over this event
   */
  public Object evaluate(Function<String, Object> field) throws Failed {
    try {
      Object result = program.eval(name -> Optional.ofNullable(field.apply(name)));
      return result instanceof Number || result instanceof String || result instanceof Boolean ? result : null;
    } catch (CelEvaluationException | RuntimeException failure) {
      if (fields.stream().anyMatch(name -> field.apply(name) == null)) {
        return null;
      }
      throw new Failed(String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
