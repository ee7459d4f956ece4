package io.hourglass.settings;

import io.hourglass.rule.BadCondition;
import io.hourglass.rule.Rules;
import io.hourglass.window.MeasureSpec;
import java.util.List;
import java.util.Set;

/** Reads a pipeline's {@code rules} and compiles each once, so that a bad one stops the start. */
final class RuleReader {
  private static final String WORD = "letters, digits, - and _, 64 at most";

  private final Block rules;
  private final Rules.Compiler compiler;

  private RuleReader(Block rules, Rules.Compiler compiler) {
    this.rules = rules;
    this.compiler = compiler;
  }

  static List<RuleSettings> rules(Block rules, List<MeasureSpec> measures) {
    RuleReader reader = new RuleReader(rules, new Rules.Compiler(measures));
    return rules.keys().stream().sorted().map(reader::rule).toList();
  }

  private RuleSettings rule(String name) {
    if (!isWord(name)) {
      rules.fault(name, name, WORD);
    }
    Block block = rules.block(name);
    block.knows(Set.of("when", "severity", "summary"));
    RuleSettings rule = new RuleSettings(
        name,
        block.text("when", "a condition in CEL", text -> !text.isBlank()),
        block.optionalText("severity", WORD, RuleReader::isWord).orElse("warning"),
        block.optionalText("summary", "text", text -> true).orElse("{key}: {rule} ({value})"));
    check(rule, block);
    return rule;
  }

  private void check(RuleSettings rule, Block block) {
    for (String place : Rules.Compiler.unknownPlaces(rule.summary())) {
      block.fault("summary", place, "{key}, {value}, {rule} or {window}");
    }
    try {
      if (!rule.when().isBlank()) {
        compiler.compile(rule.name(), rule.when(), rule.severity(), rule.summary());
      }
    } catch (BadCondition bad) {
      block.fault("when", bad.getMessage());
    }
  }

  private static boolean isWord(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}");
  }
}
