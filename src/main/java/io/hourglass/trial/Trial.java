package io.hourglass.trial;

import io.hourglass.event.Decoded;
import io.hourglass.event.EventDecoder;
import io.hourglass.rule.RuleBook;
import io.hourglass.rule.Rules;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Source;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowsAdvanced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events of one partition through a pipeline's decoder, windows and rules, one after the other. Not for several threads. */
public final class Trial {
  private static final Source SOURCE = new Source("trial", 0);
  private static final long NO_TIMESTAMP = -1;

  private final Pipeline pipeline;
  private final EventDecoder decoder;
  private final RuleBook rules;
  private final Watermark watermark;
  private final Map<String, Key> keys = new LinkedHashMap<>();
  private long offset;
  private long late;

  public Trial(Pipeline pipeline) {
    this(pipeline, pipeline.compiledRules());
  }

  /** With other rules than the pipeline's. */
  Trial(Pipeline pipeline, Rules rules) {
    this.pipeline = pipeline;
    this.decoder = new EventDecoder(pipeline);
    this.rules = new RuleBook(rules);
    this.watermark = new Watermark(pipeline.window().outOfOrdernessMs(), Watermark.NONE);
  }

  /**
   * The next record.
   *
   * @param recordKey may be null
   * @throws BadEvent when it cannot be counted
   */
  public void event(String recordKey, String value) throws BadEvent {
    byte[] key = recordKey == null ? null : recordKey.getBytes(StandardCharsets.UTF_8);
    Decoded decoded = decoder.decode(key, value.getBytes(StandardCharsets.UTF_8), NO_TIMESTAMP, offset++, Long.MAX_VALUE / 2);
    if (decoded instanceof Decoded.DeadLetter dead) {
      throw new BadEvent(dead.reason() + ": " + dead.detail());
    }
    if (decoded instanceof Decoded.Event event) {
      take(event);
    }
  }

  /** The next event. */
  void take(Decoded.Event event) {
    Observation observation = event.observation().at(watermark.observe(event.observation().timestamp()));
    keys.computeIfAbsent(event.key(), Key::new).observe(observation);
  }

  /** Nothing more comes: the watermark goes as far as the events have brought it, or {@code least}, and every key hears of it. */
  public void end(long least) {
    keys.values().forEach(key -> key.advance(Math.max(least, watermark.current())));
  }

  /** What was told so far, in the order in which each key told it. */
  public List<Told> alerts() {
    return keys.values().stream().flatMap(key -> key.told.values().stream()).toList();
  }

  int keys() {
    return keys.size();
  }

  /** How many events came after their window had closed. */
  public long late() {
    return late;
  }

  /** A record that is no event. */
  public static final class BadEvent extends Exception {
    BadEvent(String why) {
      super(why);
    }
  }

  /** An alert as it stands. */
  public record Told(String key, RaisedAlert alert) {}

  private final class Key {
    final Map<String, Told> told = new LinkedHashMap<>();
    private final String name;
    private final KeyState state = new KeyState(pipeline.keys());
    private final KeyWindows windows;
    private long writes;

    Key(String name) {
      this.name = name;
      this.windows = new KeyWindows(pipeline.keys(), state, rules.forKey(name));
    }

    void observe(Observation observation) {
      windows.observe(SOURCE, List.of(observation));
      write();
    }

    void advance(long to) {
      windows.advance(to);
      write();
    }

    private void write() {
      WindowsAdvanced event = windows.event(true, ++writes);
      late += event.late().size();
      event.alerts().forEach(alert -> told.put(alert.rule() + " " + alert.at() + " " + alert.cause(), new Told(name, alert)));
      state.apply(event);
      windows.persisted();
      new ArrayList<>(windows.closing()).forEach(windows::published);
    }
  }
}
