package io.hourglass.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an alert says to people: text with {@code {key}}, {@code {value}}, {@code {rule}} and {@code {window}}. */
final class Summary {
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
  private static final List<String> PLACES = List.of("key", "value", "rule", "window");

  private final String template;

  Summary(String template) {
    this.template = template;
  }

  /** Places that nothing can be filled into. */
  List<String> unknownPlaces() {
    List<String> unknown = new ArrayList<>();
    Matcher matcher = PLACE.matcher(template);
    while (matcher.find()) {
      if (!PLACES.contains(matcher.group(1))) {
        unknown.add(matcher.group());
      }
    }
    return unknown;
  }

  /** @param start the window's start, epoch milliseconds */
  String fill(String rule, String key, double value, long start) {
    return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(switch (place.group(1)) {
      case "key" -> key;
      case "value" -> number(value);
      case "rule" -> rule;
      case "window" -> Instant.ofEpochMilli(start).toString();
      default -> place.group();
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
