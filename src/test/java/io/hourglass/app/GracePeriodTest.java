package io.hourglass.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.hourglass.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who stops a node by the clock gives it the time that its shutdown may take. */
class GracePeriodTest {
  private static final Path POD = Path.of("k8s/base/deployment.yaml");

  @Test
  void ofAPod() throws IOException {
    Duration grace = seconds(POD, "terminationGracePeriodSeconds: (\\d+)");
    Duration before = seconds(POD, "preStop:\\s+exec: \\{command: \\[sleep, \"(\\d+)\"]}");
    Duration needed = before.plus(shutdown());
    assertTrue(grace.compareTo(needed) >= 0, () -> "terminationGracePeriodSeconds: " + grace + " (expected: at least " + needed + ")");
  }

  @Test
  void ofAComposedNode() throws IOException {
    Duration grace = seconds(Path.of("docker/compose.yaml"), "stop_grace_period: (\\d+)m\\n  depends_on").multipliedBy(60);
    assertTrue(grace.compareTo(shutdown()) >= 0, () -> "stop_grace_period: " + grace + " (expected: at least " + shutdown() + ")");
  }

  /** The phases follow each other; together they take no longer than the sum of their timeouts. */
  private static Duration shutdown() {
    Config shutdown = NodeConfig.of(SettingsReader.read(ConfigFactory.load())).getConfig("akka.coordinated-shutdown");
    Config phases = shutdown.getConfig("phases");
    return phases.root().keySet().stream().map(phase -> ConfigUtil.joinPath(phase, "timeout"))
        .map(timeout -> phases.hasPath(timeout) ? phases.getDuration(timeout) : shutdown.getDuration("default-phase-timeout"))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The number that the file's only match of the pattern holds. */
  private static Duration seconds(Path file, String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
    assertTrue(found.find(), () -> file + ": nothing like " + pattern);
    return Duration.ofSeconds(Long.parseLong(found.group(1)));
  }
}
