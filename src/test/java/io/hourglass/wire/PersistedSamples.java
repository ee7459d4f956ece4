package io.hourglass.wire;

import io.hourglass.window.Aggregate;
import io.hourglass.window.KeySnapshot;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Source;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowSpec;
import io.hourglass.window.WindowsAdvanced;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;

/** One event and one snapshot in which nothing is empty: every aggregate, two sources, late, closed, raised. */
final class PersistedSamples {
  static final long HOUR = 3_600_000;
  /** What the golden files were written with; only names and kinds of measures matter for reading them. */
  static final KeySpec SPEC = new KeySpec(new WindowSpec(HOUR, ZoneOffset.UTC, 0, 0),
      List.of(new MeasureSpec("bytes", "bytes", EnumSet.complementOf(EnumSet.of(Aggregate.DISTINCT))),
          new MeasureSpec("user", "user", EnumSet.of(Aggregate.DISTINCT))), 24 * HOUR);
  private static final Source FIRST = new Source("4n-5x_Q0TtqZ0lVzXv1Yqg", 0);
  private static final Source SECOND = new Source("4n-5x_Q0TtqZ0lVzXv1Yqg", 17);

  private PersistedSamples() {}

  static WindowsAdvanced event(long id) {
    return filled(new KeyState(SPEC)).event(true, id);
  }

  static KeySnapshot snapshot(long newest) {
    KeyState state = new KeyState(SPEC);
    KeyWindows windows = filled(state);
    state.apply(windows.event(true, newest));
    return state.snapshot();
  }

  private static KeyWindows filled(KeyState state) {
    KeyWindows windows = new KeyWindows(SPEC, state);
    Watch watch = (window, at) -> at.offset() % 2 == 1 ? List.of(new RaisedAlert("r" + at.offset(), "critical",
        "über 1.000 \uD83D\uDE00", window.start(), at.offset() == 1 ? Double.NaN : 0.1, at.timestamp())) : List.of();
    windows.observe(FIRST, List.of(at(0, 5, 1e300, "ann"), at(1, 6, -0.5, ""), at(2, 7, Double.NaN, null)), watch);
    windows.observe(SECOND, List.of(at(40, HOUR + 1, 0.0, "bob"), at(41, 2 * HOUR, 7, "\uD83D\uDE00"), at(42, 9, 1, "late")), watch);
    windows.closeByClock(3 * HOUR);
    windows.published(0);
    return windows;
  }

  private static Observation at(long offset, long timestamp, double bytes, String user) {
    return new Observation(offset, timestamp, offset < 41 ? timestamp - 1 : 2 * HOUR - 1, new double[] {bytes, Double.NaN}, new String[] {null, user});
  }
}
