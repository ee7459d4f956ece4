package io.hourglass.http.prometheus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vector selector: {@code bytes_sum{pipeline="clicks",key="/"}}; for keys also {@code key=~"a|b"}, an alternation of texts.
 *
 * @param metric empty: all
 * @param pipeline empty: all
 * @param keys empty: all
 */
record Selector(Optional<String> metric, Optional<String> pipeline, Set<String> keys) {
  static final int MOST_KEYS = 50;
  private static final String UNDERSTOOD = "one selector such as bytes_sum{pipeline=\"clicks\",key=\"a\"}, or key=~\"a|b\"";
  private static final Pattern NAME = Pattern.compile("\\s*+([a-zA-Z_:][a-zA-Z0-9_:]*+)?\\s*+");
  private static final Pattern MATCHER = Pattern.compile(
      "\\s*+([a-zA-Z_][a-zA-Z0-9_]*+)\\s*+(=~|!=|!~|=)\\s*+(\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'|`[^`]*+`)\\s*+(,|(?=\\}))", Pattern.DOTALL);
  private static final Pattern END = Pattern.compile("\\s*+\\}\\s*+");
  private static final String OPERATORS = ".+*?()[]{}^$";

  static Selector parse(String text) {
    Matcher name = NAME.matcher(text);
    name.lookingAt();
    Draft draft = new Draft(text);
    draft.metric = Optional.ofNullable(name.group(1));
    int at = name.end();
    if (at < text.length()) {
      at = text.charAt(at) == '{' ? matchers(text, at + 1, draft) : -1;
    }
    if (at != text.length() || draft.metric.isEmpty() && draft.pipeline.isEmpty() && draft.keys.isEmpty()) {
      throw draft.notUnderstood();
    }
    return new Selector(draft.metric, draft.pipeline, draft.keys);
  }

  private static int matchers(String text, int from, Draft draft) {
    Matcher matcher = MATCHER.matcher(text);
    int at = from;
    while (matcher.region(at, text.length()).lookingAt()) {
      draft.match(matcher.group(1), matcher.group(2), unquoted(matcher.group(3)));
      at = matcher.end();
    }
    Matcher end = END.matcher(text).region(at, text.length());
    return end.lookingAt() ? end.end() : -1;
  }

  private static String unquoted(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    return literal.charAt(0) == '`' ? inner : unescaped(inner);
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each != '\\') {
        plain.append(each);
        continue;
      }
      char escaped = text.charAt(++i);
      plain.append(switch (escaped) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case '\\', '"', '\'' -> escaped;
        default -> throw new BadQuery("unknown escape sequence \\" + escaped);
      });
    }
    return plain.toString();
  }

  private static final class Draft {
    private final String text;
    private Optional<String> metric = Optional.empty();
    private Optional<String> pipeline = Optional.empty();
    private final Set<String> keys = new LinkedHashSet<>();

    Draft(String text) {
      this.text = text;
    }

    BadQuery notUnderstood() {
      return new BadQuery("query: " + text + " (expected: " + UNDERSTOOD + ")");
    }

    void match(String label, String operator, String value) {
      boolean equal = operator.equals("=");
      if (label.equals("__name__") && equal && metric.isEmpty()) {
        metric = Optional.of(value);
      } else if (label.equals("pipeline") && equal && pipeline.isEmpty()) {
        pipeline = Optional.of(value);
      } else if (label.equals("key") && keys.isEmpty() && (equal || operator.equals("=~"))) {
        keys.addAll(equal ? List.of(value) : alternatives(value));
      } else {
        throw new BadQuery("matcher: " + label + operator + '"' + value + "\" (expected: __name__=, pipeline=, key= or key=~, each once)");
      }
    }

    /** Texts between bars; whatever else a regular expression means must be escaped. */
    private static List<String> alternatives(String expression) {
      boolean grouped = expression.startsWith("(") && expression.endsWith(")");
      String inner = grouped ? expression.substring(1, expression.length() - 1) : expression;
      List<String> texts = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < inner.length(); i++) {
        char each = inner.charAt(i);
        if (each == '|') {
          texts.add(text.toString());
          text.setLength(0);
        } else if (each == '\\' && i + 1 < inner.length() && !Character.isLetterOrDigit(inner.charAt(i + 1))) {
          text.append(inner.charAt(++i));
        } else if (each == '\\' || OPERATORS.indexOf(each) >= 0) {
          throw new BadQuery("matcher: key=~\"" + expression + "\" (expected: texts between |, other operators escaped)");
        } else {
          text.append(each);
        }
      }
      texts.add(text.toString());
      if (texts.size() > MOST_KEYS) {
        throw new BadQuery("matcher: key=~ with " + texts.size() + " texts (expected: at most " + MOST_KEYS + ")");
      }
      return texts;
    }
  }
}
