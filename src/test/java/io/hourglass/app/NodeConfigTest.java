package io.hourglass.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.SettingsReader;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
  private static final Duration SOON = Duration.ofSeconds(3);

  /** Akka's default is a minute, in which no key can be recovered. */
  @ParameterizedTest
  @ValueSource(strings = {"journal", "snapshot"})
  void aCassandraThatIsBackIsTriedSoon(String plugin) {
    Config node = NodeConfig.of(SettingsReader.read(ConfigFactory.load()));
    Duration reset = node.getDuration("akka.persistence.cassandra." + plugin + ".circuit-breaker.reset-timeout");
    assertTrue(reset.compareTo(SOON) <= 0, () -> plugin + " circuit-breaker.reset-timeout: " + reset + " (expected: at most " + SOON + ")");
  }
}
