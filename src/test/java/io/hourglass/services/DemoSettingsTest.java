package io.hourglass.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoSettingsTest {
  private static final Map<String, String> SOME_FILE = Map.of("config.file", "pom.xml");

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    var settings = DemoSettings.read(List.of(), Map.of(), SOME_FILE);
    assertTrue(settings.replay());
    assertEquals(Checkout.path("target/data"), settings.data());
    assertEquals(List.of(9092, 9042, 8080, 8558, 25520), List.of(settings.kafkaPort(), settings.cassandraPort(),
        settings.httpPort(), settings.managementPort(), settings.remotePort()));
  }

  @Test
  void theEnvironmentChoosesPorts() {
    var settings = DemoSettings.read(List.of("--dev"),
        Map.of("HOURGLASS_KAFKA", "127.0.0.1:19092", "HOURGLASS_HTTP_PORT", "18080"), SOME_FILE);
    assertFalse(settings.replay());
    assertEquals(19092, settings.kafkaPort());
    assertEquals(18080, settings.httpPort());
  }

  @Test
  void whatCanNotWorkIsNamed() {
    assertFault("HOURGLASS_KAFKA: kafka.example.org:9092 (expected: 127.0.0.1:<port>", "HOURGLASS_KAFKA",
        "kafka.example.org:9092");
    assertFault("HOURGLASS_CASSANDRA: 127.0.0.1:0 (expected: a port", "HOURGLASS_CASSANDRA", "127.0.0.1:0");
    assertFault("HOURGLASS_HTTP_PORT: 65536 (expected: a port from 1 to 65535)", "HOURGLASS_HTTP_PORT", "65536");
    assertFault("HOURGLASS_HTTP_PORT: eighty (expected: a port", "HOURGLASS_HTTP_PORT", "eighty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "-1", "three", ""})
  void thereIsANodeAndNotTooMany(String nodes) {
    var failure = assertThrows(ServerFailure.class,
        () -> DemoSettings.read(List.of(), Map.of(), Map.of("config.file", "pom.xml", "nodes", nodes)));
    assertEquals("nodes: " + nodes + " (expected: a whole number from 1 to 9)", failure.getMessage());
  }

  @Test
  void everyNodeHasPorts() {
    var three = Map.of("config.file", "pom.xml", "nodes", "3");
    assertEquals(3, DemoSettings.read(List.of(), Map.of(), three).nodes());
    var failure = assertThrows(ServerFailure.class,
        () -> DemoSettings.read(List.of(), Map.of("HOURGLASS_REMOTE_PORT", "65534"), three));
    assertEquals("HOURGLASS_REMOTE_PORT: 65534 (expected: a port from 1 to 65533)", failure.getMessage());
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() {
    var failure = assertThrows(ServerFailure.class,
        () -> DemoSettings.read(List.of(), Map.of(), Map.of("config.file", "conf/nowhere.conf")));
    assertEquals("config.file: conf/nowhere.conf (expected: a file that exists)", failure.getMessage());
  }

  @Test
  void theNodeIsHandedItsOwnPropertiesOnly() {
    var settings = DemoSettings.read(List.of(), Map.of(),
        Map.of("config.file", "pom.xml", "hourglass.http.ask-timeout", "3s", "user.name", "someone"));
    assertEquals(Map.of("hourglass.http.ask-timeout", "3s"), settings.node());
  }

  private static void assertFault(String expected, String name, String value) {
    var failure = assertThrows(ServerFailure.class, () -> DemoSettings.read(List.of(), Map.of(name, value), SOME_FILE));
    assertTrue(failure.getMessage().startsWith(expected), failure.getMessage());
  }
}
