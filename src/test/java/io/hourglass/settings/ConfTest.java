package io.hourglass.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.hourglass.rule.RuleSpec;
import io.hourglass.window.Aggregate;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in conf/, and files that are none. */
class ConfTest {

  @Test
  void demoHasThreePipelines() {
    Settings settings = SettingsReader.read(ConfigSource.load(new File("conf/demo.conf")));
    assertEquals(List.of("clicks", "payments", "sensors"), settings.pipelines().stream().map(Pipeline::name).toList());
    for (Pipeline pipeline : settings.pipelines()) {
      assertEquals(pipeline.name(), pipeline.topic());
      assertTrue(pipeline.key().isEmpty());
      assertEquals("ts", pipeline.timestamp().orElseThrow());
      assertEquals(16, pipeline.shards());
      assertEquals(3_600_000, pipeline.window().sizeMs());
      assertEquals(Duration.ofHours(1), pipeline.maxAhead());
      assertTrue(pipeline.idleClose().isEmpty());
      assertFalse(pipeline.compiledRules().all().isEmpty());
    }
    assertEquals(EnumSet.complementOf(EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP)),
        settings.pipelines().get(0).keys().measures().get(1).aggregates());
  }

  @Test
  void applicationStartsWithoutPipelines() {
    assertTrue(SettingsReader.read(ConfigSource.load(new File("conf/application.conf"))).pipelines().isEmpty());
  }

  /** The example is a comment; without its comment signs it must work. */
  @Test
  void exampleWorksWhenUncommented() throws IOException {
    String example = Files.readAllLines(Path.of("conf/pipelines.conf")).stream()
        .dropWhile(line -> !line.startsWith("# hourglass")).map(line -> line.substring(1))
        .collect(Collectors.joining("\n"));
    Settings settings = SettingsReader.read(ConfigFactory.load(ConfigFactory.parseString(example)));
    assertEquals("Europe/Berlin", settings.pipelines().get(0).window().zone().getId());
    assertEquals(List.of("burst", "heavy", "odd", "slow"), settings.pipelines().get(0).rules().stream().map(RuleSpec::name).toList());
  }

  /** Over the measures of the example pipeline. */
  @Test
  void theRulesOfTheReadmeWork() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String rules = readme.substring(readme.indexOf("```hocon\nrules {") + "```hocon\n".length()).split("```")[0];
    Settings settings = SettingsReader.read(ConfigFactory.load(ConfigFactory.parseString("""
        hourglass.pipelines.requests {
          source { topic = "requests" }
          measures {
            bytes { aggregates = [sum, min, max, mean, stddev, p95] }
            paths { field = "path", aggregates = [distinct] }
          }
          %s
        }
        """.formatted(rules))));
    assertEquals(12, settings.pipelines().get(0).rules().size());
  }

  @Test
  void missingFileIsOneLine() {
    BadSettings bad = assertThrows(BadSettings.class, () -> ConfigSource.load(new File("conf/none.conf")));
    assertEquals(1, bad.faults().size());
    assertTrue(bad.getMessage().startsWith("config.file: "), bad.getMessage());
  }

  @Test
  void brokenHoconIsOneLine(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("broken.conf"), "hourglass {\n  http { port = 80\n");
    BadSettings bad = assertThrows(BadSettings.class, () -> ConfigSource.load(file.toFile()));
    assertFalse(bad.getMessage().contains("\n"));
    assertTrue(bad.getMessage().endsWith("(expected: HOCON)"), bad.getMessage());
  }

  @Test
  void openSubstitutionIsOneLine(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("open.conf"), "hourglass.kafka.servers = ${NOT_SET_ANYWHERE}\n");
    BadSettings bad = assertThrows(BadSettings.class, () -> ConfigSource.load(file.toFile()));
    assertFalse(bad.getMessage().contains("\n"));
    assertTrue(bad.getMessage().contains("NOT_SET_ANYWHERE"), bad.getMessage());
  }
}
