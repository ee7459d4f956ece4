package io.hourglass.settings;

import io.hourglass.rule.FieldExpression;
import io.hourglass.window.KeySpec;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.WindowSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads {@code hourglass.pipelines}, each pipeline on top of {@code hourglass.pipeline-defaults}. */
final class PipelineReader {
  /** The blocks of {@code hourglass} that are read here. */
  static final Set<String> BLOCKS = Set.of("pipelines", "pipeline-defaults");
  static final String TOPIC = "a Kafka topic: letters, digits, '.', '_' and '-', 249 at most";

  private static final String FIELD = "a field, attrs.site for a nested one";
  private static final String NAME = "letters, digits, - and _, 64 at most";
  private static final Set<String> KEYS = Set.of(
      "source", "format", "key", "timestamp", "window", "measures", "rules", "number-of-shards",
      "csv", "avro", "protobuf", "where", "derive");
  private static final Set<String> WINDOW_KEYS = Set.of(
      "size", "zone", "out-of-orderness", "allowed-lateness", "idle-close", "idle-timeout", "max-ahead", "retention", "rolling", "pane");
  /** A key keeps as many counts of every measure. */
  private static final int MOST_PANES = 288;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration CENTURY = Duration.ofDays(36_525);

  private final Block root;
  private final Faults faults;

  PipelineReader(Block root, Faults faults) {
    this.root = root;
    this.faults = faults;
  }

  List<Pipeline> pipelines() {
    Block pipelines = root.block("pipelines");
    return pipelines.keys().stream().sorted().map(name -> named(name, pipelines)).toList();
  }

  private Pipeline named(String name, Block pipelines) {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      faults.add(pipelines.path(name), name, NAME);
    }
    Block block = pipelines.block(name).over(root.block("pipeline-defaults"));
    block.knows(KEYS);
    checkUnsupported(block);
    return pipeline(name, block);
  }

  private Pipeline pipeline(String name, Block block) {
    Block window = block.block("window");
    List<MeasureSpec> measures = MeasureReader.measures(block.block("measures"));
    Duration retention = window.duration("retention", Duration.ofMinutes(1), CENTURY);
    KeySpec keys = new KeySpec(window(window), panes(window), measures, retention.toMillis());
    Optional<String> key = block.optionalText("key", FIELD, PipelineReader::isField);
    return new Pipeline(
        name,
        topic(block.block("source")),
        key,
        block.optionalText("timestamp", FIELD, PipelineReader::isField),
        keys,
        window.durationOrOff("idle-close", SECOND, CENTURY),
        window.duration("idle-timeout", Duration.ofMillis(100), DAY),
        window.duration("max-ahead", Duration.ZERO, CENTURY),
        retention,
        RuleReader.rules(block.block("rules"), keys),
        block.wholeNumber("number-of-shards", 1, 1_024),
        block.config(),
        derive(block.block("derive")),
        where(block),
        csv(block));
  }

  private static void checkUnsupported(Block block) {
    for (String key : List.of("avro", "protobuf")) {
      if (block.has(key)) {
        block.fault(key, "left out; not supported yet");
      }
    }
  }

  private static Optional<CsvFormat> csv(Block block) {
    String format = block.text("format", "json or csv", text -> Set.of("json", "csv").contains(text));
    if (!format.equals("csv")) {
      if (block.has("csv")) {
        block.fault("csv", "left out, or format = csv");
      }
      return Optional.empty();
    }
    Block csv = block.block("csv");
    csv.knows(Set.of("columns", "separator", "header"));
    List<String> columns = csv.list("columns", "names of the fields, in order");
    if (csv.has("columns") && (columns.isEmpty() || columns.stream().distinct().count() < columns.size() || !columns.stream().allMatch(PipelineReader::isColumn))) {
      csv.fault("columns", "names of the fields, in order, each once, without dots");
    }
    String separator = csv.optionalText("separator", "one character", text -> text.length() == 1).orElse(",");
    return Optional.of(new CsvFormat(columns, separator.isEmpty() ? ',' : separator.charAt(0), csv.has("header") && csv.flag("header")));
  }

  private static boolean isColumn(String text) {
    return text.matches("[^.\\s]+");
  }

  private static Map<String, String> derive(Block block) {
    Map<String, String> derive = new TreeMap<>();
    for (String name : block.keys()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        block.fault(name, name, "a field's name: letters, digits and _");
      }
      String source = block.text(name, "CEL over the event's fields", text -> !text.isBlank());
      check(block, name, source, FieldExpression::value);
      derive.put(name, source);
    }
    return derive;
  }

  private static Optional<String> where(Block block) {
    Optional<String> where = block.optionalText("where", "CEL over the event's fields", text -> !text.isBlank());
    where.ifPresent(source -> check(block, "where", source, FieldExpression::condition));
    return where;
  }

  private static void check(Block block, String key, String source, Function<String, FieldExpression> compiled) {
    try {
      compiled.apply(source);
    } catch (IllegalArgumentException bad) {
      block.fault(key, bad.getMessage());
    }
  }

  private static String topic(Block source) {
    source.knows(Set.of("topic"));
    return source.text("topic", TOPIC, PipelineReader::isTopic);
  }

  static boolean isTopic(String text) {
    return text.matches("[A-Za-z0-9._-]{1,249}") && !text.matches("\\.{1,2}");
  }

  static boolean isField(String text) {
    return text.matches("[^.\\s]+(\\.[^.\\s]+)*");
  }

  private static WindowSpec window(Block block) {
    block.knows(WINDOW_KEYS);
    Duration size = block.duration("size", SECOND, DAY, Durations.range(SECOND, DAY) + ", a divisor of a day",
        value -> value.toNanosPart() % 1_000_000 == 0 && DAY.toMillis() % value.toMillis() == 0);
    return new WindowSpec(
        size.toMillis(),
        zone(block),
        block.duration("out-of-orderness", Duration.ZERO, CENTURY).toMillis(),
        block.duration("allowed-lateness", Duration.ZERO, CENTURY).toMillis());
  }

  private static PaneSpec panes(Block block) {
    Duration pane = block.duration("pane", SECOND, DAY);
    Optional<Duration> rolling = block.durationOrOff("rolling", SECOND, DAY);
    if (rolling.isEmpty() || pane.isZero()) {
      return PaneSpec.OFF;
    }
    long size = pane.toMillis();
    long length = rolling.get().toMillis();
    if (length % size != 0 || length / size > MOST_PANES) {
      block.fault("rolling", "off, or 1 to " + MOST_PANES + " times pane, " + Durations.text(pane));
      return PaneSpec.OFF;
    }
    return new PaneSpec(size, length);
  }

  private static ZoneId zone(Block block) {
    String text = block.text("zone", "an IANA time zone such as UTC or Europe/Berlin", PipelineReader::isZone);
    return isZone(text) ? ZoneId.of(text) : ZoneId.of("UTC");
  }

  private static boolean isZone(String text) {
    try {
      return ZoneId.of(text) != null;
    } catch (DateTimeException unknown) {
      return false;
    }
  }
}
