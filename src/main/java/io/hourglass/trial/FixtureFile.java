package io.hourglass.trial;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of rule tests, in HOCON (JSON is HOCON): {@code pipeline}, the name of one of the configuration's, and {@code tests}, each with a
 * {@code name}, {@code events} (or {@code events-file}, a JSON object a line), {@code watermark}, and {@code alerts}. An event is
 * what the record's value is, or {@code {key = <record key>, value = {…}}}.
 */
record FixtureFile(String pipeline, List<Fixture> tests) {

  /** What is wrong with a file, in one line. */
  static final class BadFile extends Exception {
    BadFile(String message) {
      super(message);
    }
  }

  private static final Set<String> RECORD = Set.of("key", "value");

  static FixtureFile read(Path file) throws BadFile {
    try {
      Config config = ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)).resolve();
      List<Fixture> tests = new ArrayList<>();
      for (Config test : config.getConfigList("tests")) {
        tests.add(fixture(test, file));
      }
      return new FixtureFile(config.getString("pipeline"), tests);
    } catch (ConfigException | DateTimeException | IOException bad) {
      throw new BadFile(file + ": " + String.valueOf(bad.getMessage()).replaceAll("\\s+", " "));
    }
  }

  private static Fixture fixture(Config test, Path file) throws IOException {
    List<Fixture.Event> events = new ArrayList<>();
    if (test.hasPath("events-file")) {
      for (String line : Files.readAllLines(file.resolveSibling(test.getString("events-file")))) {
        if (!line.isBlank()) {
          events.add(event(ConfigFactory.parseString(line).root(), line));
        }
      }
    }
    if (test.hasPath("events")) {
      test.getObjectList("events").forEach(event -> events.add(event(event, json(event))));
    }
    List<Fixture.Expected> alerts = test.getConfigList("alerts").stream().<Fixture.Expected>map(FixtureFile::expected).toList();
    return new Fixture(test.getString("name"), events, text(test, "watermark").map(Instant::parse), alerts);
  }

  private static Fixture.Event event(ConfigObject event, String text) {
    ConfigValue value = event.get("value");
    return event.keySet().equals(RECORD) && value.valueType() == ConfigValueType.OBJECT
        ? new Fixture.Event(String.valueOf(event.get("key").unwrapped()), json(value))
        : new Fixture.Event(null, text);
  }

  private static String json(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static Fixture.Expected expected(Config alert) {
    return new Fixture.Expected(alert.getString("rule"), text(alert, "key"), text(alert, "startsAt").map(Instant::parse),
        text(alert, "endsAt").map(Instant::parse), text(alert, "state"), text(alert, "severity"), text(alert, "summary"));
  }

  private static Optional<String> text(Config config, String key) {
    return config.hasPath(key) ? Optional.of(config.getString(key)) : Optional.empty();
  }
}
