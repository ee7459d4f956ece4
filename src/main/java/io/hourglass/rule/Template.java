package io.hourglass.rule;

import io.hourglass.window.Oddness;
import io.hourglass.window.Scene;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an alert says to people: text with {@code {key}}, {@code {value}}, {@code {rule}}, {@code {window}} and any variable in braces. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
  private static final List<String> PLACES = List.of("key", "value", "rule", "window", "score", "expected", "grade");

  private final String rule;
  private final String text;
  private final Variables variables;

  /** @throws BadRule when there is a place that nothing can be filled into */
  Template(String part, String rule, String text, Variables variables) throws BadRule {
    this.rule = rule;
    this.text = text;
    this.variables = variables;
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      if (!PLACES.contains(matcher.group(1)) && variables.find(matcher.group(1)) == null) {
        throw new BadRule(part, matcher.group(), "{key}, {value}, {rule}, {window} or a variable such as {window.count}");
      }
    }
  }

  String fill(String key, double value, Scene scene, Oddness oddness) {
    return text.indexOf('{') < 0 ? text : PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(switch (place.group(1)) {
      case "key" -> key;
      case "value" -> number(value);
      case "rule" -> rule;
      case "score" -> number(oddness == null ? Double.NaN : oddness.score());
      case "expected" -> number(oddness == null ? Double.NaN : oddness.expected());
      case "grade" -> number(oddness == null ? Double.NaN : oddness.grade());
      case "window" -> Instant.ofEpochMilli(scene.window().start()).toString();
      default -> number(variables.find(place.group(1)).value(scene));
    }));
  }

  /** A number as people write it: whole ones without decimals, others with three digits after the point at most. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    int digits = Math.abs(value) < 1 ? exact.scale() - exact.precision() + 3 : 3;
    BigDecimal rounded = exact.setScale(Math.max(3, digits), RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }
}
