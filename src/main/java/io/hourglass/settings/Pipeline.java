package io.hourglass.settings;

import com.typesafe.config.Config;
import io.hourglass.rule.BadRule;
import io.hourglass.rule.Rule;
import io.hourglass.rule.RuleSpec;
import io.hourglass.rule.Rules;
import io.hourglass.window.KeySpec;
import io.hourglass.window.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pipeline: a topic, what its events mean, what is kept of them, which rules watch.
 *
 * @param name letters, digits, {@code -} and {@code _}; part of topic, table and entity names
 * @param key field that names the key; empty: the record key
 * @param timestamp field that holds the event time; empty: the record timestamp
 * @param idleClose after how long without input the wall clock closes windows; empty: never
 * @param idleTimeout after how long without input a partition no longer holds back the others
 * @param maxAhead how far an event may lie ahead of the wall clock
 * @param retention how long windows are kept, counted from the watermark
 * @param shards number of shards, fixed for the pipeline's life
 * @param config as it was written, for people to read
 * @param derive new fields of an event, CEL by name
 * @param where which events are counted, CEL; empty: all
 * @param csv how records are read; empty: as JSON
 */
public record Pipeline(
    String name,
    String topic,
    Optional<String> key,
    Optional<String> timestamp,
    KeySpec keys,
    Optional<Duration> idleClose,
    Duration idleTimeout,
    Duration maxAhead,
    Duration retention,
    List<RuleSpec> rules,
    int shards,
    Config config,
    Map<String, String> derive,
    Optional<String> where,
    Optional<CsvFormat> csv) {

  /** All events as they come, as JSON. */
  public Pipeline(String name, String topic, Optional<String> key, Optional<String> timestamp, KeySpec keys, Optional<Duration> idleClose,
      Duration idleTimeout, Duration maxAhead, Duration retention, List<RuleSpec> rules, int shards, Config config) {
    this(name, topic, key, timestamp, keys, idleClose, idleTimeout, maxAhead, retention, rules, shards, config, Map.of(), Optional.empty(), Optional.empty());
  }

  public WindowSpec window() {
    return keys.window();
  }

  /**
   * The rules, compiled: do so once per node, not once per key.
   *
   * @throws IllegalStateException when a rule does not compile; those that were read from a configuration do
   */
  public Rules compiledRules() {
    return compiled(rules);
  }

  /** Other rules of this pipeline, compiled. */
  public Rules compiled(List<RuleSpec> some) {
    Rules.Compiler compiler = new Rules.Compiler(keys);
    return new Rules(some.stream().map(rule -> compiled(rule, compiler)).toList());
  }

  private static Rule compiled(RuleSpec rule, Rules.Compiler compiler) {
    try {
      return compiler.compile(rule);
    } catch (BadRule bad) {
      throw new IllegalStateException(rule.name() + "." + bad.part() + ": " + bad.value() + " (expected: " + bad.getMessage() + ")");
    }
  }

  /** The consumer group that reads this pipeline's topic. */
  public String group() {
    return "hourglass-" + name;
  }

  public String windowsTopic() {
    return "hourglass." + name + ".windows";
  }

  public String lateTopic() {
    return "hourglass." + name + ".late";
  }

  public String deadLetterTopic() {
    return "hourglass." + name + ".dead-letters";
  }
}
