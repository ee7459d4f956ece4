package io.hourglass.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.ConfigSource;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.SettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTestsTest {
  private static final List<Pipeline> CONFIGURED = SettingsReader.read(ConfigFactory.load(ConfigFactory.parseString("""
      hourglass.pipelines.clicks {
        source { topic = "clicks" }
        key = "host"
        timestamp = "ts"
        measures { bytes { aggregates = [sum] } }
        rules {
          burst { when = "window.count >= 2", summary = "{key}: {value}" }
          gone { when = "window.count < 1", on = close, severity = info }
        }
      }
      """))).pipelines();
  private static final String EVENTS = """
      { host = a, ts = "2026-01-01T10:00:00Z", bytes = 1 }, { host = a, ts = "2026-01-01T10:00:05Z", bytes = 2 }""";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @TempDir
  private Path dir;

  private boolean run(String tests) throws IOException {
    return RuleTests.run(Files.writeString(dir.resolve("test.conf"), "pipeline = clicks\ntests = [" + tests + "]"), CONFIGURED, out);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void whatTheRulesTellIsWhatIsExpected() throws IOException {
    assertTrue(run("""
        { name = "a burst", events = [%s], alerts = [ { rule = burst, key = a, startsAt = "2026-01-01T10:00:05Z", state = firing, summary = "a: 2" } ] }
        { name = "an hour of nothing", events = [%s], watermark = "2026-01-01T12:10:00Z"
          alerts = [ { rule = burst, endsAt = "2026-01-01T11:00:00Z" }, { rule = gone, startsAt = "2026-01-01T12:00:00Z" } ] }
        """.formatted(EVENTS, EVENTS)), () -> lines().toString());
    assertEquals(List.of("a burst: ok, 1 alerts", "an hour of nothing: ok, 2 alerts", "2 tests passed"), lines());
  }

  @Test
  void saysWhatDiffers() throws IOException {
    assertFalse(run("""
        { name = "a burst", events = [%s], alerts = [ { rule = burst, key = b }, { rule = gone } ] }""".formatted(EVENTS)));
    assertEquals(List.of("a burst: FAILED", "  missing:    burst b * to *", "  missing:    gone * * to *",
        "  unexpected: burst a 2026-01-01T10:00:05Z to firing warning \"a: 2\"", "1 of 1 tests failed"), lines());
  }

  @Test
  void anEventThatCannotBeCountedFailsItsTest() throws IOException {
    assertFalse(run("""
        { name = "bad", events = [ { host = a } ], alerts = [] }"""));
    assertTrue(lines().get(1).startsWith("  event 1: no-timestamp: "), lines().toString());
  }

  @Test
  void eventsMayStandInAFileOfLines() throws IOException {
    Files.writeString(dir.resolve("events.ndjson"), """
        {"host":"a","ts":"2026-01-01T10:00:00Z"}

        {"host":"a","ts":"2026-01-01T10:00:05Z"}
        """);
    assertTrue(run("""
        { name = "lines", events-file = "events.ndjson", alerts = [ { rule = burst } ] }"""), () -> lines().toString());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "pipeline = none, tests = [] | pipeline: none (expected: one of clicks)",
    "tests = [] | No configuration setting found for key 'pipeline'",
    "pipeline = clicks, tests = [ {name = x, events = [], watermark = noon, alerts = []} ] | Text 'noon' could not be parsed",
    "pipeline = clicks { | ",
  })
  void aFileThatIsNoneIsOneLine(String text, String why) throws IOException {
    Path file = Files.writeString(dir.resolve("bad.conf"), text);
    IllegalArgumentException bad = assertThrows(IllegalArgumentException.class, () -> RuleTests.run(file, CONFIGURED, out));
    assertTrue(bad.getMessage().startsWith(file + ": ") && bad.getMessage().contains(why == null ? "" : why) && !bad.getMessage().contains("\n"),
        bad.getMessage());
  }

  @Test
  void theDemosTestsPass() {
    List<Pipeline> demo = SettingsReader.read(ConfigSource.load(new File("conf/demo.conf"))).pipelines();
    assertTrue(RuleTests.run(Path.of("conf/demo-rules-test.conf"), demo, out), () -> lines().toString());
  }
}
