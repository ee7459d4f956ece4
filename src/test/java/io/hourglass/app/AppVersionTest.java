package io.hourglass.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.util.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppVersionTest {

  @ParameterizedTest
  @CsvSource({"0.1.0, 2, 0.1.0, 10", "0.1.0-SNAPSHOT, 2, 0.1.0-SNAPSHOT, 10", "0.1.0-SNAPSHOT, 9, 0.1.0, 10",
      "0.1.0-SNAPSHOT, 3, 0.1.0, 3", "0.1.0-M1, 3, 0.1.0-RC1, 3", "0.1.0, 10, 0.2.0-SNAPSHOT, 2", "0.9.0, 10, 0.10.0, 2", "0.1.0, 0, 0.1.0, 1"})
  void aLaterOneIsGreater(String version, int rollout, String laterVersion, int laterRollout) {
    Version earlier = new Version(AppVersion.of(version, rollout));
    Version later = new Version(AppVersion.of(laterVersion, laterRollout));
    assertTrue(earlier.compareTo(later) < 0 && later.compareTo(earlier) > 0, earlier + " and " + later);
    assertEquals(0, earlier.compareTo(new Version(AppVersion.of(version, rollout))));
  }

  @Test
  void aNodeKnowsItsOwn() {
    assertTrue(AppVersion.of(7).matches("[0-9]+\\.[0-9]+\\.[0-9]+\\+7-[A-Za-z0-9]+"), AppVersion.of(7));
  }
}
