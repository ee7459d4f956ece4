package io.hourglass.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.window.PaneSpec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final String CLICKS = """
      hourglass.pipelines.clicks {
        source { topic = "clicks" }
        measures { bytes { aggregates = [sum, p95] } }
        rules { burst { when = "window.count > 1000" } }
      }
      """;

  @Test
  void defaults() {
    Settings settings = SettingsReader.read(config(CLICKS));
    assertEquals(new Settings.Ingest(
        Duration.ofSeconds(5), Duration.ofSeconds(10), 64, 50_000, 400_000, 25_000, 50_000, Duration.ofSeconds(30), Duration.ofSeconds(1)), settings.ingest());
    assertEquals(new Settings.Entities(20_000, 50), settings.entities());
    assertEquals(settings.ingest(), settings.ingest().of(8));
    Settings.Ingest many = settings.ingest().of(64);
    assertEquals(List.of(100_000, 6_250, 12_500, 50_000), List.of(many.maxInDoubt(), many.batch(), many.remember(), many.maxDirtyKeys()));
    assertEquals(many, settings.ingest().of(1_000));
    assertEquals(new Settings.Retention(Duration.ofMinutes(10)), settings.retention());
    assertEquals(new Settings.Alerts("hourglass.alerts", Duration.ofDays(7), 1_000, "hourglass.rules"), settings.alerts());
    assertEquals(new Settings.Cassandra(
        List.of(InetSocketAddress.createUnresolved("127.0.0.1", 9042)), "datacenter1", "hourglass", false),
        settings.cassandra());
    assertEquals(Duration.ofSeconds(5), settings.http().askTimeout());
  }

  @Test
  void pipelineDefaults() {
    Pipeline clicks = SettingsReader.read(config(CLICKS)).pipelines().get(0);
    assertEquals("clicks", clicks.topic());
    assertEquals(Optional.empty(), clicks.key());
    assertEquals(Optional.empty(), clicks.idleClose());
    assertEquals(Duration.ofMinutes(1), clicks.idleTimeout());
    assertEquals(3_600_000, clicks.window().sizeMs());
    assertEquals(30_000, clicks.window().outOfOrdernessMs());
    assertEquals(300_000, clicks.window().allowedLatenessMs());
    assertEquals(Duration.ofDays(30), clicks.retention());
    assertEquals(new PaneSpec(300_000, 3_600_000), clicks.keys().panes());
    assertEquals(64, clicks.shards());
    assertEquals("bytes", clicks.keys().measures().get(0).field());
    assertEquals("warning", clicks.rules().get(0).severity());
  }

  @Test
  void idleCloseIsOffOrADuration() {
    String line = "hourglass.pipelines.clicks.window.idle-close = 10m";
    assertEquals(Optional.of(Duration.ofMinutes(10)),
        SettingsReader.read(config(CLICKS + line)).pipelines().get(0).idleClose());
  }

  @Test
  void linesOfCsv() {
    String csv = "hourglass.pipelines.clicks { format = csv, csv { columns = [ts, host], separator = \";\" } }";
    assertEquals(Optional.of(new CsvFormat(List.of("ts", "host"), ';', false)), SettingsReader.read(config(CLICKS + csv)).pipelines().get(0).csv());
    for (String bad : List.of("csv { separator = ab, columns = [a] }", "csv { columns = [a, a] }", "csv {}", "csv { columns = [a], header = maybe }", "csv { columns = [] }")) {
      assertThrows(BadSettings.class, () -> SettingsReader.read(config(CLICKS + "hourglass.pipelines.clicks { format = csv, " + bad + " }")), bad);
    }
  }

  @Test
  void rollingIsOffOrALength() {
    String line = "hourglass.pipelines.clicks.window { rolling = %s, pane = 10m }";
    assertEquals(new PaneSpec(600_000, 7_200_000), SettingsReader.read(config(CLICKS + line.formatted("2h"))).pipelines().get(0).keys().panes());
    assertEquals(PaneSpec.OFF, SettingsReader.read(config(CLICKS + line.formatted("off"))).pipelines().get(0).keys().panes());
  }

  @Test
  void contactPointsAsListOrText() {
    for (String points : List.of("[\"a:1\", \"[::1]:2\"]", "\"a:1, [::1]:2\"")) {
      Settings settings = SettingsReader.read(config("hourglass.cassandra.contact-points = " + points));
      assertEquals(List.of(1, 2),
          settings.cassandra().contactPoints().stream().map(InetSocketAddress::getPort).toList());
    }
  }

  @Test
  void aClusterAtFixedAddresses() {
    Settings.Cluster cluster = SettingsReader.read(config("hourglass.cluster { discovery = config, endpoints = \"a:1, b:2\" }")).cluster();
    assertEquals(List.of(InetSocketAddress.createUnresolved("a", 1), InetSocketAddress.createUnresolved("b", 2)), cluster.endpoints());
    assertEquals(List.of("hourglass", Optional.empty(), "management", 2, 0),
        List.of(cluster.serviceName(), cluster.namespace(), cluster.portName(), cluster.contactPoints(), cluster.rollout()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "hourglass.cluster.endpoints | discovery = config | `\"\"` | host:port of every node's management port",
    "hourglass.cluster.contact-points | discovery = config, endpoints = `\"a:1,a:1\"` | 2 | a whole number from 1 to 1",
    "hourglass.cluster.service-name | discovery = kubernetes-api, service-name = `\"a b\"` | a b | a label's value",
    "hourglass.remote.host | discovery = akka-dns }, hourglass.remote { host = 0.0.0.0 | 0.0.0.0 | an address that the other nodes reach",
    "hourglass.management.host | discovery = akka-dns }, hourglass.management { host = `\"::\"` | :: | an address that the other nodes reach",
    "akka.cluster.seed-nodes | discovery = akka-dns }, akka { cluster.seed-nodes = [x] | [x] | none, or hourglass.cluster.discovery = none",
  })
  void aClusterThatCouldNotForm(String path, String cluster, String shown, String expected) {
    BadSettings bad = assertThrows(BadSettings.class,
        () -> SettingsReader.read(config("hourglass.cluster { " + cluster.replace("`", "") + " }")));
    assertEquals(1, bad.faults().size(), bad.getMessage());
    assertTrue(bad.getMessage().startsWith(path + ": " + shown + " (expected: " + expected), bad.getMessage());
  }

  @Test
  void allFaultsAtOnce() {
    BadSettings bad = assertThrows(BadSettings.class, () -> SettingsReader.read(
        config(CLICKS + "hourglass { http.port = 0, typo = 1, pipelines.clicks.window.size = 7m }")));
    assertEquals(3, bad.faults().size(), bad.getMessage());
    assertEquals(Set.of("hourglass.http.port", "hourglass.typo", "hourglass.pipelines.clicks.window.size"),
        Set.copyOf(bad.faults().stream().map(line -> line.substring(0, line.indexOf(':'))).toList()));
  }

  @Test
  void whatIsNoBlockIsOneFault() {
    for (String path : List.of("hourglass", "hourglass.http", "hourglass.pipelines", "hourglass.pipelines.clicks",
        "hourglass.pipelines.clicks.window", "hourglass.pipelines.clicks.rules.burst")) {
      BadSettings bad = assertThrows(BadSettings.class, () -> SettingsReader.read(config(CLICKS + path + " = 5")));
      assertEquals(List.of(path + ": 5 (expected: a block in braces)"), bad.faults());
    }
  }

  /** Path below hourglass, value in HOCON, value as shown, a part of what was expected. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
    "http.port | 0 | 0 | a whole number from 1 to 65535",
    "http.port | 65536 | 65536 | a whole number from 1 to 65535",
    "http.port | http | http | a whole number from 1 to 65535",
    "http.prot | 80 | 80 | no such key; there is ask-timeout, host, port",
    "http | 5 | 5 | a block in braces",
    "http.ask-timeout | 0s | 0s | from 1ms to 1m",
    "http.ask-timeout | soon | soon | from 1ms to 1m",
    "management.port | -1 | -1 | a whole number from 1 to 65535",
    "cluster.discovery | dns | dns | none, config, kubernetes-api, akka-dns",
    "cluster.service-name | a b | a b | a DNS name",
    "cluster.service-name | `\"\"` | `\"\"` | a DNS name",
    "cluster.namespace | Prod | Prod | empty, or a namespace",
    "cluster.port-name | management-port-name | management-port-name | a port's name",
    "cluster.endpoints | `\"a:8558\"` | a:8558 | empty, or hourglass.cluster.discovery = config",
    "cluster.contact-points | 0 | 0 | a whole number from 1 to 1000",
    "cluster.rollout | v2 | v2 | a whole number from 0 to 1000000000",
    "kafka.servers | localhost | localhost | host:port, with commas between",
    "cassandra.contact-points | `\"a:1,b\"` | a:1,b | host:port, one or more",
    "cassandra.contact-points | [] | [] | host:port, one or more",
    "cassandra.keyspace | my-keys | my-keys | lower-case letters, digits and _, a letter first, 48 at most",
    "cassandra.create-schema | maybe | maybe | on or off",
    "ingest.persist-after | -1s | -1s | from 0s to 1h",
    "ingest.batch | 1.5 | 1.5 | a whole number from 1 to 100000",
    "entities.snapshot-every | 0 | 0 | a whole number from 1 to 10000",
    "alerts.topic | a b | a b | a Kafka topic",
    "pipelines.clicks.format | avro | avro | json or csv",
    "pipelines.clicks.format | xml | xml | json",
    "pipelines.clicks.where | `\"bytes >\"` | bytes > | CEL over fields of the event; ",
    "pipelines.clicks.where | `\"1 + 1\"` | 1 + 1 | CEL over fields of the event; ",
    "pipelines.clicks.derive.kib | `\"bytes /\"` | bytes / | CEL over fields of the event; ",
    "pipelines.clicks.derive.\"a.b\" | x | a.b | a field's name: letters, digits and _",
    "pipelines.clicks.avro | {} | {} | left out; not supported yet",
    "pipelines.clicks.kye | host | host | no such key; there is",
    "pipelines.clicks.key | `\"a..b\"` | a..b | a field, attrs.site for a nested one",
    "pipelines.clicks.timestamp | `\"\"` | `\"\"` | a field, attrs.site for a nested one",
    "pipelines.clicks.source.topic | a/b | a/b | a Kafka topic",
    "pipelines.clicks.source.topic | null | missing | a Kafka topic",
    "pipelines.clicks.source.group | g | g | no such key; there is topic",
    "pipelines.clicks.window.size | 7m | 7m | from 1s to 1d, a divisor of a day",
    "pipelines.clicks.window.size | 2d | 2d | from 1s to 1d, a divisor of a day",
    "pipelines.clicks.window.size | 500ms | 500ms | from 1s to 1d, a divisor of a day",
    "pipelines.clicks.window.size | -1h | -1h | from 1s to 1d, a divisor of a day",
    "pipelines.clicks.window.rolling | 7m | 7m | off, or 1 to 288 times pane, 5m",
    "pipelines.clicks.window.rolling | 2d | 2d | off, or from 1s to 1d",
    "pipelines.clicks.window.pane | 500ms | 500ms | from 1s to 1d",
    "pipelines.clicks.window.zone | Berlin | Berlin | an IANA time zone such as UTC or Europe/Berlin",
    "pipelines.clicks.window.allowed-lateness | -5m | -5m | from 0s to 36525d",
    "pipelines.clicks.window.idle-close | never | never | off, or from 1s to 36525d",
    "pipelines.clicks.window.lateness | 5m | 5m | no such key; there is allowed-lateness",
    "pipelines.clicks.number-of-shards | 0 | 0 | a whole number from 1 to 1024",
    "pipelines.clicks.number-of-shards | 1025 | 1025 | a whole number from 1 to 1024",
    "pipelines.clicks.measures.bytes.aggregates | [sum, often] | often | one or more of sum, min, max, mean, stddev, first, last, p50, p95, p99, distinct, top",
    "pipelines.clicks.measures.bytes.aggregates | [sum, avg] | avg | one or more of sum, min, max",
    "pipelines.clicks.measures.bytes.aggregates | [] | [] | one or more of sum, min, max",
    "pipelines.clicks.measures.window | {aggregates = [sum]} | window | a name of letters, digits and _",
    "pipelines.clicks.measures.a-b | {aggregates = [sum]} | a-b | a name of letters, digits and _",
    "pipelines.clicks.rules.burst.when | window.coutn > 5 | window.coutn > 5 | in place of window.coutn, one of window.count",
    "pipelines.clicks.rules.burst.when | bytes.p99 > 5 | bytes.p99 > 5 | in place of bytes.p99, one of bytes.count, bytes.sum, bytes.p95",
    "pipelines.clicks.rules.burst.when | window.count | window.count | column 7: expected type 'bool' but found 'int'",
    "pipelines.clicks.rules.burst.when | `\"window.count > > 5\"` | window.count > > 5 | column 16",
    "pipelines.clicks.rules.burst.when | `\"1 < 2\"` | 1 < 2 | a condition over window.count, bytes.count, bytes.sum, bytes.p95",
    "pipelines.clicks.rules.burst.when | null | missing | a condition in CEL",
    "pipelines.clicks.rules.burst.for | 5 fortnights | 5 fortnights | from 0s to 366d",
    "pipelines.clicks.rules.burst.keep-firing-for | -1s | -1s | from 0s to 366d",
    "pipelines.clicks.rules.burst.within | 5m | 5m | no such key; there is anomaly, clear, description, for, keep-firing-for, labels, no-data, on, severity",
    "pipelines.clicks.rules.burst.clear | `\"window.count <\"` | window.count < | column 15",
    "pipelines.clicks.rules.burst.on | always | always | event, update, close",
    "pipelines.clicks.rules.burst.no-data | ok | ok | keep, alert, resolve",
    "pipelines.clicks.rules.burst.labels.key | x | key | a label's name",
    "pipelines.clicks.rules.burst.labels.team | [] | [] | text of 1 to 256 characters",
    "pipelines.clicks.rules.burst.description | `\"{keys} {value}\"` | {keys} | {key}, {value}, {rule}, {window} or a variable",
    "pipelines.clicks.rules.burst.severity | very bad | very bad | letters, digits, - and _",
    "pipelines.clicks.rules.burst.summary | `\"{keys} {value}\"` | {keys} | {key}, {value}, {rule}, {window} or a variable such as {window.count}",
    "pipelines.\"a.b\" | {source.topic = x} | a.b | letters, digits, - and _, 64 at most",
  })
  void fault(String path, String hocon, String shown, String expected) {
    String value = hocon.matches("[a-z].* .*") ? '"' + hocon + '"' : hocon;
    BadSettings bad = assertThrows(BadSettings.class,
        () -> SettingsReader.read(config(CLICKS + "hourglass." + path + " = " + value)));
    String line = bad.faults().stream().filter(each -> each.startsWith("hourglass." + path + ": ")).findFirst()
        .orElseGet(() -> bad.getMessage());
    assertTrue(line.startsWith("hourglass." + path + ": " + shown + " (expected: " + expected), bad.getMessage());
    assertTrue(bad.faults().stream().noneMatch(each -> each.contains("\n")), bad.getMessage());
  }

  private static Config config(String text) {
    return ConfigFactory.load(ConfigFactory.parseString(text));
  }
}
