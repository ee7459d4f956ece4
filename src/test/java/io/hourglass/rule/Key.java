package io.hourglass.rule;

import io.hourglass.window.Aggregate;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.SeriesPoint;
import io.hourglass.window.Source;
import io.hourglass.window.WindowSpec;
import io.hourglass.window.WindowsAdvanced;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** A key of a pipeline with windows of 100 ms that close 10 ms late, and a measure {@code v}: what its rules tell. */
final class Key {
  static final long SIZE = 100;
  static final List<MeasureSpec> MEASURES = List.of(new MeasureSpec("v", "v", EnumSet.complementOf(EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP))));
  static final KeySpec SPEC = new KeySpec(new WindowSpec(SIZE, ZoneOffset.UTC, 0, 10), new PaneSpec(10, 50), MEASURES, 100_000);
  private static final Source SOURCE = new Source("t", 0);

  private final RuleBook rules;
  private final KeySpec spec;
  private KeyState state;
  private KeyWindows windows;
  private long offset;
  private long id;
  private final List<RaisedAlert> told = new ArrayList<>();

  Key(RuleSpec... specs) {
    this(SPEC, specs);
  }

  Key(KeySpec spec, RuleSpec... specs) {
    this.spec = spec;
    state = new KeyState(spec);
    rules = new RuleBook(rules(specs));
    windows = new KeyWindows(spec, state, rules.forKey("k"));
  }

  static Rules rules(RuleSpec... specs) {
    Rules.Compiler compiler = new Rules.Compiler(SPEC);
    List<Rule> compiled = new ArrayList<>();
    for (RuleSpec spec : specs) {
      try {
        compiled.add(compiler.compile(spec));
      } catch (BadRule bad) {
        throw new AssertionError(bad.part() + ": " + bad.value() + " (expected: " + bad.getMessage() + ")");
      }
    }
    return new Rules(compiled);
  }

  static RuleSpec rule(String when) {
    return named("r", when);
  }

  static RuleSpec named(String name, String when) {
    return RuleSpec.of(name, when, "warning", "{key}: {value}");
  }

  static RuleSpec with(RuleSpec rule, String clear, On on, long forMs, long keepMs, NoData noData) {
    return new RuleSpec(rule.name(), rule.when(), Optional.ofNullable(clear), Optional.ofNullable(on), rule.anomaly(), forMs, keepMs, noData,
        rule.severity(), rule.labels(), rule.summary(), rule.description());
  }

  /** An event of this time and value, at a watermark that follows it. */
  Key at(long time, double value) {
    return at(time, value, time - 1);
  }

  Key at(long time, double value, long watermark) {
    windows.observe(SOURCE, List.of(new Observation(offset++, time, watermark, new double[] {value}, null)));
    return this;
  }

  /** The watermark comes so far without an event of this key. */
  Key watermark(long to) {
    windows.advance(to);
    return this;
  }

  Key clock(long now) {
    windows.closeByClock(now);
    return this;
  }

  /** What is pending becomes durable, and what is closed leaves. */
  Key write() {
    WindowsAdvanced event = windows.event(true, ++id);
    told.addAll(event.alerts());
    state.apply(event);
    windows.persisted();
    windows.closing().forEach(windows::published);
    return this;
  }

  /** Dies after a write and comes back from a snapshot. */
  Key restart() {
    write();
    state = new KeyState(spec, state.snapshot(Rules::learn));
    windows = new KeyWindows(spec, state, rules.forKey("k"));
    return this;
  }

  /** What is pending is lost, and read again. */
  Key crash() {
    windows = new KeyWindows(spec, state, rules.forKey("k"));
    return this;
  }

  Rules rules() {
    return rules.rules();
  }

  /** Other rules, of which the key hears at once. */
  Key change(RuleSpec... specs) {
    rules.replace(rules(specs));
    windows.review();
    return this;
  }

  /** Times of what a detector has judged. */
  List<Long> judged() {
    write();
    return state.snapshot((learnt, since) -> learnt).rules().series().stream().flatMap(each -> each.since().stream()).map(SeriesPoint::time).toList();
  }

  long awaited() {
    return windows.awaited();
  }

  boolean firing() {
    return !windows.result(false).alerts().isEmpty();
  }

  List<RaisedAlert> alerts() {
    write();
    return told;
  }

  /** {@code rule 5..} when it fires, {@code rule 5..100} when it is over. */
  String story() {
    return String.join(", ", alerts().stream()
        .map(each -> each.rule() + " " + each.at() + ".." + (each.endsAt() == null ? "" : each.endsAt())).toList());
  }
}
