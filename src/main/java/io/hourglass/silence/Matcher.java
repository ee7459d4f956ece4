package io.hourglass.silence;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One condition on a label: {@code =}, {@code !=}, {@code =~}, {@code !~}. A label that is not there is the empty text. A
 * regular expression is RE2's, matches the whole value, a dot no end of line, and takes time that grows with the value alone.
 *
 * @param isEqual false: what does not match is meant
 */
public record Matcher(String name, String value, boolean isRegex, boolean isEqual) {
  private static final int MOST_NAME = 128;
  private static final int MOST_VALUE = 1_024;
  /** A program of so many instructions at most, roughly: RE2 unrolls repetitions. */
  private static final long MOST_UNROLLED = 100_000;
  private static final java.util.regex.Pattern LABEL = java.util.regex.Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final java.util.regex.Pattern REPEAT = java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  /** @throws BadSilence when it cannot be a matcher; what is wrong is said to be below {@code path} */
  public void check(String path) {
    if (name.length() > MOST_NAME || !LABEL.matcher(name).matches()) {
      throw new BadSilence(path + ".name", name, "a label's name: letters, digits and _, " + MOST_NAME + " at most");
    }
    if (value.length() > MOST_VALUE) {
      throw new BadSilence(path + ".value", value.length() + " characters", MOST_VALUE + " at most");
    }
    if (isRegex) {
      checkExpression(path + ".value");
    }
  }

  private void checkExpression(String path) {
    if (unrolled() > MOST_UNROLLED) {
      throw new BadSilence(path, value, "fewer repetitions");
    }
    try {
      pattern();
    } catch (PatternSyntaxException bad) {
      throw new BadSilence(path, value, "a regular expression as RE2 has it: " + bad.getDescription());
    }
  }

  /** The product of all counts over-estimates what nested ones multiply to. */
  private long unrolled() {
    long product = Math.max(1, value.length());
    java.util.regex.Matcher repeats = REPEAT.matcher(value);
    while (repeats.find() && product <= MOST_UNROLLED) {
      String most = repeats.group(2);
      product *= Math.max(1, Long.parseLong(most == null || most.isEmpty() ? repeats.group(1) : most));
    }
    return product;
  }

  private Pattern pattern() {
    return Pattern.compile("(?:" + value + ")");
  }

  /** Whether the label's value matches; for repeated use, as a regular expression is compiled once. */
  public Predicate<Map<String, String>> compiled() {
    Predicate<String> is = isRegex ? pattern()::matches : value::equals;
    return labels -> is.test(labels.getOrDefault(name, "")) == isEqual;
  }

  /** Whether it holds for whatever has no such label; of what is excluded Alertmanager does not say so. */
  boolean matchesEmpty() {
    return isEqual && compiled().test(Map.of());
  }

  /** As in Alertmanager: {@code rule=~"burst|quiet"}. */
  @Override
  public String toString() {
    String sign = isEqual ? isRegex ? "=~" : "=" : isRegex ? "!~" : "!=";
    return name + sign + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
