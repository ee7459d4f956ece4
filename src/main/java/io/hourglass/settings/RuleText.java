package io.hourglass.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.hourglass.rule.RuleSpec;
import io.hourglass.window.KeySpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A rule as a JSON object with the keys of the configuration's {@code rules}, for those that come while the node runs. */
public final class RuleText {
  /** What people are told of a rule beside what they wrote, and may send back. */
  private static final Set<String> TOLD = Set.of("name", "pipeline", "source", "version", "updatedAt");
  private static final ConfigParseOptions JSON = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);

  /** Before anything is parsed: each may stand for a level, and parsers go down by recursion. */
  private static final int MOST_BRACKETS = 500;

  private RuleText() {}

  /**
   * Reads and compiles a rule.
   *
   * @param json of 64 KiB at most
   * @throws BadSettings one line for each fault: {@code when: bytes.sum > (expected: column 12: …)}
   */
  public static RuleSpec read(String name, String json, KeySpec keys) {
    Faults faults = new Faults();
    Config config = parsed(json);
    for (String told : TOLD) {
      config = config.withoutPath(told);
    }
    RuleSpec rule = RuleReader.rule(name, new Block(config, "", faults), keys);
    faults.check();
    return rule;
  }

  private static Config parsed(String json) {
    if (json.chars().filter(each -> each == '{' || each == '[').count() > MOST_BRACKETS) {
      throw new BadSettings(List.of("rule: nested too deeply (expected: a JSON object with " + MOST_BRACKETS + " brackets at most)"));
    }
    try {
      return ConfigFactory.parseString(json, JSON);
    } catch (ConfigException bad) {
      throw new BadSettings(List.of("rule: " + bad.getMessage().replaceAll("\\s+", " ") + " (expected: a JSON object)"));
    }
  }

  /** The keys of the configuration with their values, those that say something. */
  public static Map<String, Object> fields(RuleSpec rule) {
    Map<String, Object> fields = new LinkedHashMap<>();
    rule.anomaly().ifPresentOrElse(
        anomaly -> fields.put("anomaly", Map.of("measure", anomaly.measure(), "sensitivity", anomaly.sensitivity())),
        () -> fields.put("when", rule.when()));
    rule.clear().ifPresent(clear -> fields.put("clear", clear));
    rule.on().ifPresent(on -> fields.put("on", word(on)));
    fields.put("for", Durations.text(Duration.ofMillis(rule.forMs())));
    fields.put("keep-firing-for", Durations.text(Duration.ofMillis(rule.keepFiringForMs())));
    fields.put("no-data", word(rule.noData()));
    fields.put("severity", rule.severity());
    fields.put("labels", rule.labels());
    fields.put("summary", rule.summary());
    fields.put("description", rule.description());
    return fields;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
