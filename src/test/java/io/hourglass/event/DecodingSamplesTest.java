package io.hourglass.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hourglass.rule.RuleBook;
import io.hourglass.settings.ConfigSource;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.SettingsReader;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Source;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's pipelines over the sample streams: every line is an event, and the rules fire as often as intended. */
class DecodingSamplesTest {
  private static final Source SOURCE = new Source("sample", 0);

  @ParameterizedTest
  @CsvSource({
    "clicks, clickstream-nasa-19950801, 30969, '{busy=39, heavy=15, popular=9}'",
    "sensors, iot-room-occupancy, 162064, '{stuffy=4, unsteady=37}'",
    "payments, financial-online-retail-201012-201101, 77628, '{large=9, refund=51, rush=30}'",
  })
  void demo(String pipeline, String sample, int events, String alerts) throws IOException {
    Pipeline settings = SettingsReader.read(ConfigSource.load(new File("conf/demo.conf"))).pipelines().stream()
        .filter(each -> each.name().equals(pipeline)).findFirst().orElseThrow();
    List<Decoded.Event> decoded = decoded(new EventDecoder(settings), sample);
    assertEquals(events, decoded.size());
    assertEquals(alerts, counts(raised(settings, decoded)).toString());
  }

  private static List<Decoded.Event> decoded(EventDecoder decoder, String sample) throws IOException {
    List<Decoded.Event> events = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(new FileInputStream("src/samples/" + sample + ".ndjson.gz")), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String key = line.replaceFirst(".*?\"key\":\"([^\"]*)\".*", "$1");
        events.add(assertInstanceOf(Decoded.Event.class, decoder.decode(
            key.getBytes(StandardCharsets.UTF_8), line.getBytes(StandardCharsets.UTF_8), -1, events.size(),
            System.currentTimeMillis())));
      }
    }
    return events;
  }

  private static List<RaisedAlert> raised(Pipeline settings, List<Decoded.Event> events) {
    RuleBook rules = new RuleBook(settings.compiledRules());
    KeySpec spec = settings.keys();
    Map<String, KeyWindows> keys = new HashMap<>();
    for (Decoded.Event event : events) {
      keys.computeIfAbsent(event.key(), key -> new KeyWindows(spec, new KeyState(spec), rules.forKey(key)))
          .observe(SOURCE, List.of(event.observation()));
    }
    return keys.values().stream().flatMap(key -> key.event(true, 1).alerts().stream()).filter(alert -> alert.endsAt() == null).toList();
  }

  private static Map<String, Long> counts(List<RaisedAlert> alerts) {
    return alerts.stream().collect(Collectors.groupingBy(RaisedAlert::rule, TreeMap::new, Collectors.counting()));
  }
}
