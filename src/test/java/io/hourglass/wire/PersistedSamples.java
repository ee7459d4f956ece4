package io.hourglass.wire;

import io.hourglass.window.Aggregate;
import io.hourglass.window.KeySnapshot;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.KnownValue;
import io.hourglass.window.MeasureData;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.Oddness;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.RuleState;
import io.hourglass.window.RuleStates;
import io.hourglass.window.Sample;
import io.hourglass.window.Scene;
import io.hourglass.window.SeriesPoint;
import io.hourglass.window.Source;
import io.hourglass.window.TallyData;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowSpec;
import io.hourglass.window.WindowsAdvanced;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event and one snapshot in which nothing is empty: every aggregate, two sources, late, closed, raised. */
final class PersistedSamples {
  static final long HOUR = 3_600_000;
  /** Version 1 knew no ids, version 2 no states of rules, version 3 no panes, version 4 no frequent values. */
  static final int NEWEST = 5;
  /** What the golden files were written with; only names and kinds of measures matter for reading them. */
  static final KeySpec SPEC = new KeySpec(new WindowSpec(HOUR, ZoneOffset.UTC, 0, 0), new PaneSpec(HOUR / 4, HOUR),
      List.of(new MeasureSpec("bytes", "bytes", EnumSet.complementOf(EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP))),
          new MeasureSpec("user", "user", EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP))), 24 * HOUR);
  private static final Source FIRST = new Source("4n-5x_Q0TtqZ0lVzXv1Yqg", 0);
  private static final Source SECOND = new Source("4n-5x_Q0TtqZ0lVzXv1Yqg", 17);

  private PersistedSamples() {}

  /** As a version of the format has it. */
  static WindowsAdvanced event(int version) {
    boolean rules = version >= 3;
    WindowsAdvanced event = filled(new KeyState(SPEC), new Rules(version)).event(true, version == 1 ? 0 : 4_711);
    return new WindowsAdvanced(event.seen(), event.watermark(), tallies(event.tallies(), version), event.late(), event.closedByClock(), event.alerts(),
        event.published(), event.sent(), event.id(), event.follows(), rules ? event.rules() : null);
  }

  /** The same of a snapshot. */
  static KeySnapshot snapshot(int version) {
    boolean rules = version >= 3;
    KeyState state = new KeyState(SPEC);
    WindowsAdvanced event = filled(state, new Rules(version)).event(true, version == 1 ? 0 : 4_712);
    KeySnapshot snapshot = state.apply(event).snapshot((learnt, since) -> learnt);
    return new KeySnapshot(snapshot.seen(), snapshot.watermark(), tallies(snapshot.tallies(), version), snapshot.late(), snapshot.lateTotal(),
        snapshot.closedByClock(), snapshot.published(), rules ? snapshot.alerts() : event.alerts(), snapshot.unsentLate(),
        snapshot.unsentAlerts(), snapshot.newest(), rules ? snapshot.rules() : null, version >= 4 ? tallies(snapshot.panes(), version) : null);
  }

  private static List<TallyData> tallies(List<TallyData> newest, int version) {
    return newest.stream().map(each -> new TallyData(each.start(), each.partition(), each.count(),
        version >= 5 ? each.measures() : withoutTop(each.measures()), version >= 4 ? each.pane() : null)).toList();
  }

  private static Map<String, MeasureData> withoutTop(Map<String, MeasureData> measures) {
    Map<String, MeasureData> without = new LinkedHashMap<>(measures);
    without.replaceAll((name, each) -> new MeasureData(each.count(), each.sum(), each.extrema(), each.moments(), each.first(), each.last(),
        each.quantiles(), each.distinct(), null));
    return without;
  }

  private static KeyWindows filled(KeyState state, Rules rules) {
    KeyWindows windows = new KeyWindows(SPEC, state, rules);
    windows.observe(FIRST, List.of(at(0, 5, 1e300, "ann"), at(1, 6, -0.5, ""), at(2, 7, Double.NaN, null)));
    windows.observe(SECOND, List.of(at(40, HOUR + 1, 0.0, "bob"), at(41, 2 * HOUR, 7, "\uD83D\uDE00"), at(42, 9, 1, "late")));
    windows.closeByClock(3 * HOUR);
    windows.published(0);
    return windows;
  }

  /** Every second observation raises an alert that goes on for ever. */
  private record Rules(int format) implements Watch {
    @Override
    public long version() {
      return 7;
    }

    @Override
    public void observed(Scene scene, RuleStates all) {
      Observation at = scene.event();
      if (at.offset() % 2 == 1) {
        double value = at.offset() == 1 ? Double.NaN : 0.1;
        RaisedAlert first = new RaisedAlert("r" + at.offset(), "critical", "über 1.000 \uD83D\uDE00", scene.window().start(), value, at.timestamp());
        raise(format >= 3 ? full(first, scene.cause()) : first, all);
      }
    }

    private RaisedAlert full(RaisedAlert first, String cause) {
      return new RaisedAlert(first.rule(), first.severity(), first.summary(), first.start(), first.value(), first.at(), first.at() + 1, cause,
          "viel \u00e4", Map.of("team", "web"), new Oddness(0.75, 12.5, 0.5), format >= 4 ? 3L : null);
    }

    private void raise(RaisedAlert alert, RuleStates all) {
      all.tell(alert);
      if (format >= 3) {
        all.sample(new Sample("bytes.sum@day", 5, 1.5));
        all.remember(new KnownValue("user", 42));
        all.add(new SeriesPoint("odd:bytes.mean", 7, 2.5));
        all.put(RuleState.pending(alert.rule(), alert.at(), alert.start(), 0).firing(alert));
      }
    }
  }

  private static Observation at(long offset, long timestamp, double bytes, String user) {
    return new Observation(offset, timestamp, offset < 41 ? timestamp - 1 : 2 * HOUR - 1, new double[] {bytes, Double.NaN}, new String[] {null, user});
  }
}
