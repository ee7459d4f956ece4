package io.hourglass.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Reads {@code hourglass { … }} once and checks all of it before anything starts. */
public final class SettingsReader {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Faults faults = new Faults();
  private final Config config;
  private final Block root;

  private SettingsReader(Config config) {
    this.config = config;
    root = new Block(config, "", faults).block("hourglass");
  }

  /**
   * @param config resolved, with reference.conf below
   * @throws BadSettings with every fault that was found
   */
  public static Settings read(Config config) {
    return new SettingsReader(config).settings();
  }

  private Settings settings() {
    checkKeys(ConfigFactory.defaultReferenceUnresolved().getObject("hourglass"), root);
    checkNodePorts();
    Settings settings = new Settings(
        http(root.block("http")), new ClusterReader(config, root, faults).cluster(), kafka(root.block("kafka")), cassandra(root.block("cassandra")),
        ingest(root.block("ingest")), entities(root.block("entities")), retention(root.block("retention")), alerts(root.block("alerts")),
        silences(root.block("silences")), new NotifyReader(root.block("notify"), faults).notifications(), intake(root.block("intake")),
        new PipelineReader(root, faults).pipelines());
    faults.check();
    return settings;
  }

  /** A key is known iff reference.conf documents it; pipelines and receivers, which people name, are checked by their readers. */
  private void checkKeys(ConfigObject documented, Block block) {
    block.knows(documented.keySet());
    for (String key : documented.keySet()) {
      ConfigValue value = documented.get(key);
      if (value instanceof ConfigObject inner && !PipelineReader.BLOCKS.contains(key) && !NotifyReader.BLOCKS.contains(key)) {
        checkKeys(inner, block.block(key));
      }
    }
  }

  private void checkNodePorts() {
    root.block("management").port("port");
    root.block("remote").wholeNumber("port", 0, 65_535);
    for (String node : List.of("management", "remote")) {
      root.block(node).text("host", "a host name or address", text -> !text.isBlank());
    }
  }

  private static Settings.Http http(Block block) {
    return new Settings.Http(
        block.text("host", "a host name or address", text -> !text.isBlank()),
        block.port("port"),
        block.duration("ask-timeout", MS, MINUTE));
  }

  private static Settings.Kafka kafka(Block block) {
    return new Settings.Kafka(block.text("servers", "host:port, with commas between", Addresses::areAddresses));
  }

  private static Settings.Cassandra cassandra(Block block) {
    return new Settings.Cassandra(
        contactPoints(block),
        block.text("local-datacenter", "the data center's name", text -> !text.isBlank()),
        block.text("keyspace", "lower-case letters, digits and _, a letter first, 48 at most", text -> text.matches("[a-z][a-z0-9_]{0,47}")),
        block.flag("create-schema"));
  }

  private static List<InetSocketAddress> contactPoints(Block block) {
    String expected = "host:port, one or more";
    List<String> points = block.list("contact-points", expected).stream()
        .flatMap(each -> Arrays.stream(each.split(","))).map(String::trim).toList();
    boolean good = !points.isEmpty() && points.stream().allMatch(Addresses::isAddress);
    if (!good && block.has("contact-points")) {
      block.fault("contact-points", expected);
    }
    return good ? points.stream().map(Addresses::of).toList() : List.of();
  }

  private static Settings.Ingest ingest(Block block) {
    return new Settings.Ingest(
        block.duration("persist-after", Duration.ZERO, HOUR),
        block.duration("persist-after-behind", Duration.ZERO, HOUR),
        block.wholeNumber("persist-parallelism", 1, 10_000),
        block.wholeNumber("max-dirty-keys", 1, 10_000_000),
        block.wholeNumber("max-in-doubt", 1, 100_000_000),
        block.wholeNumber("batch", 1, 100_000),
        block.wholeNumber("remember", 0, 10_000_000),
        block.duration("answer-timeout", MS, HOUR),
        block.duration("commit-interval", MS, HOUR));
  }

  private static Settings.Entities entities(Block block) {
    return new Settings.Entities(
        block.wholeNumber("active-limit", 1, 10_000_000), block.wholeNumber("snapshot-every", 1, 10_000));
  }

  private static Settings.Retention retention(Block block) {
    return new Settings.Retention(block.duration("every", SECOND, DAY));
  }

  private static Settings.Alerts alerts(Block block) {
    return new Settings.Alerts(
        block.text("topic", PipelineReader.TOPIC, PipelineReader::isTopic),
        block.duration("keep", MINUTE, Duration.ofDays(3_650)),
        block.wholeNumber("buffer", 1, 1_000_000),
        block.text("rules-topic", PipelineReader.TOPIC, PipelineReader::isTopic));
  }

  private static Settings.Silences silences(Block block) {
    return new Settings.Silences(block.text("topic", PipelineReader.TOPIC, PipelineReader::isTopic));
  }

  private static Settings.Intake intake(Block block) {
    return new Settings.Intake(
        block.wholeNumber("max-bytes", 1_024, 64 << 20), block.wholeNumber("max-events", 1, 1_000_000), block.duration("timeout", MS, MINUTE));
  }
}
