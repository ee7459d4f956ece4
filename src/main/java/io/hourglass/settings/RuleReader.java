package io.hourglass.settings;

import io.hourglass.rule.AnomalySpec;
import io.hourglass.rule.BadRule;
import io.hourglass.rule.NoData;
import io.hourglass.rule.On;
import io.hourglass.rule.RuleSpec;
import io.hourglass.rule.Rules;
import io.hourglass.window.KeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a pipeline's {@code rules} and compiles each once, so that a bad one stops the start. */
final class RuleReader {
  private static final String WORD = "letters, digits, - and _, 64 at most";
  private static final String LABEL = "a label's name: letters, digits and _, not pipeline, rule, key or severity";
  private static final Set<String> OWN_LABELS = Set.of("pipeline", "rule", "key", "severity");
  private static final Set<String> KEYS = Set.of(
      "when", "clear", "on", "anomaly", "for", "keep-firing-for", "no-data", "severity", "labels", "summary", "description");
  private static final Duration MOST = Duration.ofDays(366);

  private final Rules.Compiler compiler;

  private RuleReader(Rules.Compiler compiler) {
    this.compiler = compiler;
  }

  static List<RuleSpec> rules(Block rules, KeySpec keys) {
    if (rules.keys().size() > Rules.MOST) {
      rules.tooMany(rules.keys().size(), Rules.MOST);
      return List.of();
    }
    RuleReader reader = new RuleReader(new Rules.Compiler(keys));
    return rules.keys().stream().sorted().map(name -> reader.rule(name, rules)).toList();
  }

  /** The rule that stands in {@code block}. */
  static RuleSpec rule(String name, Block block, KeySpec keys) {
    if (!isWord(name)) {
      block.named("name", name, WORD);
    }
    return new RuleReader(new Rules.Compiler(keys)).read(name, block);
  }

  private RuleSpec rule(String name, Block rules) {
    if (!isWord(name)) {
      rules.fault(name, name, WORD);
    }
    return read(name, rules.block(name));
  }

  private RuleSpec read(String name, Block block) {
    block.knows(KEYS);
    RuleSpec rule = new RuleSpec(
        name,
        block.has("anomaly") ? block.optionalText("when", "left out in a rule with anomaly", String::isBlank).orElse("")
            : block.text("when", "a condition in CEL", text -> !text.isBlank()),
        block.optionalText("clear", "a condition in CEL", text -> !text.isBlank()),
        choice(block, "on", On.values()),
        anomaly(block),
        duration(block, "for"),
        duration(block, "keep-firing-for"),
        choice(block, "no-data", NoData.values()).orElse(NoData.KEEP),
        block.optionalText("severity", WORD, RuleReader::isWord).orElse("warning"),
        labels(block.block("labels")),
        block.optionalText("summary", "text", text -> true).orElse("{key}: {rule} ({value})"),
        block.optionalText("description", "text", text -> true).orElse(""));
    check(rule, block);
    return rule;
  }

  private static Optional<AnomalySpec> anomaly(Block rule) {
    if (!rule.has("anomaly")) {
      return Optional.empty();
    }
    Block block = rule.block("anomaly");
    block.knows(Set.of("measure", "sensitivity"));
    String expected = "a number from 0 to 1";
    String sensitivity = block.optionalText("sensitivity", expected, text -> text.matches("0|1|0?\\.\\d{1,6}|1\\.0*|0\\.0*")).orElse("0.5");
    return Optional.of(new AnomalySpec(block.text("measure", "a variable of the window such as bytes.mean", text -> !text.isBlank()),
        sensitivity.matches("[0-9.]{1,9}") && !sensitivity.equals(".") ? Math.min(1, Double.parseDouble(sensitivity)) : 0.5));
  }

  private static long duration(Block block, String key) {
    return block.has(key) ? block.duration(key, Duration.ZERO, MOST).toMillis() : 0;
  }

  private static <E extends Enum<E>> Optional<E> choice(Block block, String key, E[] values) {
    String expected = Arrays.stream(values).map(RuleReader::word).collect(Collectors.joining(", "));
    return block.optionalText(key, expected, text -> find(text, values).isPresent()).flatMap(text -> find(text, values));
  }

  private static <E extends Enum<E>> Optional<E> find(String text, E[] values) {
    return Arrays.stream(values).filter(value -> word(value).equals(text)).findFirst();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> labels(Block block) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String name : block.keys()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,63}") || OWN_LABELS.contains(name)) {
        block.fault(name, name, LABEL);
      }
      labels.put(name, block.text(name, "text of 1 to 256 characters", text -> !text.isEmpty() && text.length() <= 256));
    }
    return labels;
  }

  private void check(RuleSpec rule, Block block) {
    if (rule.anomaly().map(AnomalySpec::measure).orElse(rule.when()).isBlank()) {
      return;
    }
    try {
      compiler.compile(rule);
    } catch (BadRule bad) {
      block.fault(bad.part(), bad.value(), bad.getMessage());
    }
  }

  private static boolean isWord(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}");
  }
}
