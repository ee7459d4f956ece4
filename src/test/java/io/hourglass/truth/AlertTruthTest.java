package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.hourglass.event.Decoded;
import io.hourglass.event.EventDecoder;
import io.hourglass.rule.RuleBook;
import io.hourglass.services.Checkout;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.SettingsReader;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Source;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowsAdvanced;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Two months of sales under a dozen rules of all kinds: what the keys tell is what was worked out by hand. */
class AlertTruthTest {
  private static final Pipeline PIPELINE = SettingsReader.read(
      ConfigFactory.parseFile(Checkout.path("src/test/resources/crash.conf").toFile()).resolve()
          .withFallback(ConfigFactory.defaultReference())).pipelines().stream()
      .filter(each -> each.name().equals("killed-payments")).findFirst().orElseThrow();
  private static final int WRITE_EVERY = 7;

  @Test
  void aDozenRulesOverTwoMonths() {
    Set<String> expected = AlertTruth.of(SampleStream.PAYMENTS.lines(), Feed.PARTITIONS);
    Map<String, Long> kinds = expected.stream().collect(Collectors.groupingBy(each -> each.split(" ")[0], TreeMap::new, Collectors.counting()));
    assertEquals(12, kinds.size(), kinds.toString());
    assertEquals(expected, told(SampleStream.PAYMENTS.lines()));
  }

  private static Set<String> told(List<SampleStream.Line> lines) {
    EventDecoder decoder = new EventDecoder(PIPELINE);
    RuleBook rules = new RuleBook(PIPELINE.compiledRules());
    Map<String, Entity> keys = new HashMap<>();
    Watermark[] watermarks = new Watermark[Feed.PARTITIONS];
    for (int i = 0; i < lines.size(); i++) {
      SampleStream.Line line = lines.get(i);
      int partition = partition(line.key());
      watermarks[partition] = watermarks[partition] == null
          ? new Watermark(PIPELINE.window().outOfOrdernessMs(), Watermark.NONE) : watermarks[partition];
      Decoded.Event event = assertInstanceOf(Decoded.Event.class, decoder.decode(line.key().getBytes(StandardCharsets.UTF_8),
          line.text().getBytes(StandardCharsets.UTF_8), -1, i, System.currentTimeMillis()));
      keys.computeIfAbsent(line.key(), key -> new Entity(key, rules))
          .observe(event.observation().at(watermarks[partition].observe(line.timestamp())));
    }
    keys.forEach((key, entity) -> entity.end(watermarks[partition(key)].current()));
    return keys.values().stream().flatMap(entity -> entity.told.values().stream()).collect(Collectors.toCollection(TreeSet::new));
  }

  private static int partition(String key) {
    return Utils.toPositive(Utils.murmur2(Utils.utf8(key))) % Feed.PARTITIONS;
  }

  /** A key that now and then writes, and comes back from a snapshot. */
  private static final class Entity {
    private static final Source SOURCE = new Source("t", 0);
    final Map<String, String> told = new TreeMap<>();
    private final String key;
    private final RuleBook rules;
    private KeyState state = new KeyState(PIPELINE.keys());
    private KeyWindows windows;
    private long writes;
    private int seen;

    Entity(String key, RuleBook rules) {
      this.key = key;
      this.rules = rules;
      windows = new KeyWindows(PIPELINE.keys(), state, rules.forKey(key));
    }

    void observe(Observation observation) {
      windows.observe(SOURCE, List.of(observation));
      if (++seen % WRITE_EVERY == 0) {
        write();
      }
    }

    void end(long watermark) {
      windows.advance(watermark);
      write();
    }

    private void write() {
      WindowsAdvanced event = windows.event(true, ++writes);
      event.alerts().forEach(this::tell);
      state.apply(event);
      windows.persisted();
      windows.closing().forEach(windows::published);
      if (writes % WRITE_EVERY == 0) {
        state = new KeyState(PIPELINE.keys(), state.snapshot((learnt, since) -> learnt));
        windows = new KeyWindows(PIPELINE.keys(), state, rules.forKey(key));
      }
    }

    private void tell(RaisedAlert alert) {
      String text = alert.rule() + " " + key + " " + Instant.ofEpochMilli(alert.at()) + " "
          + (alert.endsAt() == null ? "null" : Instant.ofEpochMilli(alert.endsAt()));
      String before = told.put(alert.rule() + alert.at() + alert.cause(), text);
      assertTrue(before == null == (alert.endsAt() == null), "an end without a beginning, or two of them: " + text);
    }
  }
}
