package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.rule.Rules;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of a window of a second, half a second of lateness: end − 1 ms, end, end + lateness − 1, end + lateness, one more. */
class KeyWindowsTest {
  private static final long END = 1_000;
  private static final long LATENESS = 500;
  private static final long RETENTION = 10_000;
  private static final KeySpec SPEC = new KeySpec(new WindowSpec(END, ZoneOffset.UTC, 100, LATENESS), PaneSpec.OFF,
      List.of(new MeasureSpec("v", "v", EnumSet.of(Aggregate.FIRST, Aggregate.LAST, Aggregate.SUM))), RETENTION);
  private static final Source SOURCE = new Source("topic", 0);
  private static final Watch THIRD = new ThresholdWatch("third", "info", "third", 3);

  private final KeyState state = new KeyState(SPEC);
  private final KeyWindows windows = new KeyWindows(SPEC, state, THIRD);
  private long offset;

  private Observation at(long timestamp, long watermark) {
    return at(timestamp, watermark, 1);
  }

  private Observation at(long timestamp, long watermark, double value) {
    return new Observation(offset++, timestamp, watermark, new double[] {value}, null);
  }

  private void observe(long timestamp, long watermark) {
    windows.observe(SOURCE, List.of(at(timestamp, watermark)));
  }

  private void write() {
    state.apply(windows.event(true, 1));
    windows.persisted();
  }

  /** All that is closed leaves, as an entity has it leave. */
  private void leave() {
    write();
    windows.closing().forEach(windows::published);
  }

  private WindowResult window(long start) {
    return windows.window(start, false);
  }

  // ---- which window

  @ParameterizedTest
  @CsvSource({"-1, -1000", "0, 0", "999, 0", "1000, 1000", "1499, 1000", "1999, 1000", "2000, 2000"})
  void anEventFallsIntoTheWindowThatBeginsAtOrBeforeIt(long timestamp, long start) {
    observe(timestamp, Watermark.NONE);
    assertEquals(1, window(start).count());
    assertEquals(1, windows.result(false).windows().size());
  }

  // ---- when it closes, who is late

  @ParameterizedTest
  @CsvSource({"998, open", "999, open", "1000, open", "1498, open", "1499, watermark", "1500, watermark", "1501, watermark"})
  void aWindowClosesWhenTheWatermarkReachesItsEndLessOneAndTheLateness(long watermark, String closedBy) {
    observe(500, Watermark.NONE);
    windows.advance(watermark);
    assertEquals(closedBy.equals("open") ? null : closedBy, window(0).closedBy());
    assertEquals(!closedBy.equals("open"), windows.closeDue());
    assertEquals(closedBy.equals("open") ? List.of() : List.of(0L), windows.closing());
  }

  @ParameterizedTest
  @CsvSource({"999, 1498, 0", "999, 1499, 1", "0, 1498, 0", "0, 1499, 1", "1000, 1499, 0", "1000, 2498, 0", "1000, 2499, 1"})
  void anEventIsLateIffItsWindowIsClosed(long timestamp, long watermark, long late) {
    observe(timestamp, watermark);
    assertEquals(late, windows.result(false).late());
    assertEquals(1 - late, windows.result(false).windows().stream().mapToLong(WindowResult::count).sum());
    assertEquals(late, windows.pendingLate());
  }

  /** 786 in a sketch is some 788. */
  @Test
  void noQuantileIsBeyondTheGreatestValue() {
    KeySpec spec = new KeySpec(SPEC.window(), PaneSpec.OFF, List.of(new MeasureSpec("v", "v", EnumSet.of(Aggregate.MAX, Aggregate.MIN, Aggregate.P50, Aggregate.P99))), RETENTION);
    KeyWindows key = new KeyWindows(spec, new KeyState(spec), Watch.NONE);
    key.observe(new Source("t", 0), List.of(new Observation(0, 1, 0, new double[] {786}, null), new Observation(1, 2, 0, new double[] {786}, null)));
    assertEquals(Map.of("min", 786.0, "max", 786.0, "p50", 786.0, "p99", 786.0), key.window(0, false).measures().get("v").values());
  }

  @Test
  void aLateEventIsCountedForItsWindowAndChangesNothingElseOfIt() {
    windows.observe(SOURCE, List.of(at(10, 0, 5)));
    observe(2_000, 1_499);
    WindowResult before = window(0);
    observe(10, 0);
    assertEquals(1, window(0).late());
    assertEquals(before.count(), window(0).count());
    assertEquals(before.measures(), window(0).measures());
    write();
    assertEquals(1, windows.window(0, true).late());
    assertEquals(List.of(new LateEvent(0, 10, SOURCE, 2)), windows.unsentLate());
  }

  // ---- the watermark

  @Test
  void theWatermarkNeverGoesBack() {
    windows.advance(1_499);
    windows.advance(3);
    observe(10, 5);
    assertEquals(1_499, windows.result(false).watermark());
    assertEquals(1, windows.result(false).late());
  }

  @ParameterizedTest
  @CsvSource({"5000, 4899, true", "5000, 4900, false", "5000, 4901, false", "5000, 5001, false"})
  void anEventOutOfOrderByTheBoundIsInTime(long first, long second, boolean behind) {
    Watermark watermark = new Watermark(100, Watermark.NONE);
    assertEquals(4_899, watermark.observe(first));
    assertEquals(behind, second <= watermark.current());
    assertEquals(Math.max(4_899, second - 101), watermark.observe(second));
  }

  @Test
  void aRestoredWatermarkGoesOnWhereItStood() {
    Watermark watermark = new Watermark(100, 7_000);
    assertEquals(7_000, watermark.observe(50));
    assertEquals(7_000, watermark.observe(7_101));
    assertEquals(7_001, watermark.observe(7_102));
  }

  // ---- the wall clock

  @ParameterizedTest
  @CsvSource({"999, false", "1000, false", "1499, false", "1500, true", "1501, true"})
  void theClockClosesWhenEndAndLatenessHavePassed(long now, boolean closed) {
    observe(500, Watermark.NONE);
    windows.closeByClock(now);
    assertEquals(closed ? "wallclock" : null, window(0).closedBy());
    assertEquals(closed, !windows.closing().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheClockClosedStaysClosedWhenEventsComeLater(boolean afterARestart) {
    observe(500, Watermark.NONE);
    write();
    windows.closeByClock(1_500);
    assertTrue(windows.dirty(), "it must be recorded");
    leave();
    KeyWindows then = windows;
    if (afterARestart) {
      write();
      then = new KeyWindows(SPEC, new KeyState(SPEC, state.snapshot(Rules::learn)), THIRD);
    }
    then.observe(SOURCE, List.of(at(600, 499), at(1_200, 1_099)));
    assertEquals("wallclock", then.window(0, false).closedBy());
    assertEquals(1, then.window(0, false).count());
    assertEquals(1, then.result(false).late());
    assertNull(then.window(1_000, false).closedBy());
    then.advance(1_499);
    assertEquals("wallclock", then.window(0, false).closedBy());
  }

  @Test
  void whatTheClockClosedIsForgottenOnceTheWatermarkClosesItToo() {
    observe(500, Watermark.NONE);
    write();
    windows.closeByClock(1_500);
    leave();
    observe(2_500, 2_399);
    leave();
    observe(5_000, 4_899);
    leave();
    write();
    assertEquals(List.of(), state.snapshot(Rules::learn).closedByClock());
    observe(700, 4_899);
    assertEquals(1, windows.pendingLate());
  }

  // ---- first and last

  @Test
  void firstAndLastAreByEventTimeThenPartitionThenOffset() {
    windows.observe(new Source("topic", 1), List.of(at(10, 0, 1), at(10, 0, 2), at(10, 0, 3)));
    assertEquals(Map.of("first", 1.0, "last", 3.0, "sum", 6.0), window(0).measures().get("v").values());
    windows.observe(SOURCE, List.of(at(10, 0, 4)));
    assertEquals(4.0, window(0).measures().get("v").values().get("first"));
    assertEquals(3.0, window(0).measures().get("v").values().get("last"));
    write();
    windows.observe(new Source("topic", 2), List.of(at(10, 0, 5), at(9, 0, 6), at(11, 0, 7), at(10, 0, 8)));
    assertEquals(6.0, window(0).measures().get("v").values().get("first"));
    assertEquals(7.0, window(0).measures().get("v").values().get("last"));
  }

  // ---- what is kept

  @Test
  void theNewestClosedWindowIsKeptAndOlderOnesGoWithTheNextEvent() {
    for (int second = 0; second < 4; second++) {
      observe(second * END, second * END - 101);
    }
    leave();
    assertEquals(List.of(3_000L, 2_000L, 1_000L), starts(windows.result(false)));
    assertEquals(3, state.snapshot(Rules::learn).tallies().size() - 1, "nothing goes before it is recorded");
    observe(3_001, 2_899);
    write();
    assertEquals(List.of(3_000L, 2_000L, 1_000L), starts(windows.result(false)));
    windows.advance(4_500);
    leave();
    assertEquals(List.of(3_000L), starts(windows.result(false)));
    observe(5_000, 4_899);
    write();
    assertEquals(List.of(5_000L, 3_000L), starts(windows.result(false)));
    assertEquals(List.of(3_000L, 5_000L), state.snapshot(Rules::learn).tallies().stream().map(TallyData::start).toList());
  }

  private static List<Long> starts(KeyResult result) {
    return result.windows().stream().map(WindowResult::start).toList();
  }

  @Test
  void lateCountsAreForgottenBeyondRetention() {
    observe(5_000, 4_899);
    observe(10, 4_899);
    observe(1_010, 4_899);
    write();
    assertEquals(1, windows.late(0));
    observe(11_000, RETENTION);
    write();
    assertEquals(1, windows.late(0));
    observe(11_001, RETENTION + 1);
    write();
    assertEquals(0, windows.late(0));
    assertEquals(1, windows.late(1_000));
    assertEquals(2, windows.result(true).late(), "the total stays");
  }

  @Test
  void durableAloneTellsNothingOfWhatIsPending() {
    windows.observe(SOURCE, List.of(at(1, 0), at(2, 0), at(3, 0)));
    write();
    observe(1_600, 1_499);
    assertEquals("watermark", windows.result(false).windows().get(1).closedBy());
    assertEquals(List.of(), windows.result(false).alerts());
    KeyResult durable = windows.result(true);
    assertNull(durable.windows().get(0).closedBy());
    assertEquals(1, durable.windows().size());
    assertEquals(1, durable.alerts().size());
    assertEquals(0, durable.watermark());
  }

  // ---- any cut

  /** What must not depend on how a log is cut: counts, late events, closed windows and how they closed, alerts. */
  private record Outcome(Map<Long, WindowResult> closed, Map<Long, Long> open, List<LateEvent> late, List<RaisedAlert> alerts) {}

  /** A key that is told {@code log} in batches that end before {@code cuts}; writes there, and dies there. */
  private static Outcome told(List<Observation> log, List<Integer> cuts, boolean persist, boolean die) {
    KeyState state = new KeyState(SPEC);
    KeyWindows windows = new KeyWindows(SPEC, state, THIRD);
    Outcome outcome = new Outcome(new TreeMap<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
    int from = 0;
    for (int to : cuts) {
      windows.observe(SOURCE, log.subList(die ? Math.max(0, from - 2) : from, to));
      if (persist || windows.closeDue()) {
        WindowsAdvanced event = windows.event(true, 1);
        outcome.late.addAll(event.late());
        outcome.alerts.addAll(event.alerts());
        state.apply(event);
        windows.persisted();
        for (long start : windows.closing()) {
          outcome.closed.put(start, asClosed(windows.window(start, false)));
          windows.published(start);
        }
        if (die) {
          state = new KeyState(SPEC, state.snapshot(Rules::learn));
          windows = new KeyWindows(SPEC, state, THIRD);
        }
      }
      from = to;
    }
    WindowsAdvanced rest = windows.event(true, 1);
    outcome.late.addAll(rest.late());
    outcome.alerts.addAll(rest.alerts());
    windows.result(false).windows().stream().filter(each -> !each.closed()).forEach(each -> outcome.open.put(each.start(), each.count()));
    return outcome;
  }

  /** Without what a later look may show differently: the watermark of that moment, late events since. */
  private static WindowResult asClosed(WindowResult window) {
    return new WindowResult(window.start(), window.end(), window.closedBy(), window.revision(), 0, window.count(), 0, window.measures());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyCutOfTheSameLogGivesTheSame(long seed) {
    Random random = new Random(seed);
    List<Observation> log = new ArrayList<>();
    Watermark watermark = new Watermark(100, Watermark.NONE);
    long time = 0;
    for (int i = 0; i < 120; i++) {
      time += random.nextInt(120);
      long timestamp = Math.max(0, time - (random.nextInt(5) == 0 ? random.nextInt(3_000) : random.nextInt(100)));
      log.add(new Observation(i, timestamp, watermark.observe(timestamp), new double[] {random.nextInt(100)}, null));
    }
    List<Integer> each = new ArrayList<>();
    for (int i = 1; i <= log.size(); i++) {
      each.add(i);
    }
    Outcome expected = told(log, each, false, false);
    assertFalse(expected.late.isEmpty());
    assertTrue(expected.closed.size() > 3);
    assertEquals(expected, told(log, each, true, true));
    for (int cut = 1; cut < log.size(); cut++) {
      for (boolean die : new boolean[] {false, true}) {
        assertEquals(expected, told(log, List.of(cut, log.size()), true, die));
        List<Integer> fine = new ArrayList<>(each.subList(0, cut));
        fine.add(log.size());
        assertEquals(expected, told(log, fine, random.nextBoolean(), false));
      }
    }
  }

  /** With several sources it does not follow from the log which watermark closed: a crash must not open it again. */
  @Test
  void aCloseOfSeveralSourcesIsRecordedThoughNothingIsPending() {
    KeySpec several = new KeySpec(SPEC.window(), PaneSpec.OFF, SPEC.measures(), RETENTION);
    KeyState kept = new KeyState(several);
    KeyWindows key = new KeyWindows(several, kept, THIRD);
    key.observe(SOURCE, List.of(at(10, 0)));
    kept.apply(key.event(true, 1));
    key.persisted();
    assertFalse(key.toRecord(true));
    key.advance(END - 1 + LATENESS);
    assertFalse(key.toRecord(false));
    assertTrue(key.toRecord(true));
    kept.apply(key.event(true, 1));
    key.persisted();
    KeyWindows afterACrash = new KeyWindows(several, kept, THIRD);
    afterACrash.observe(SOURCE, List.of(at(20, 0)));
    assertEquals(1, afterACrash.window(0, false).count());
    assertEquals(1, afterACrash.window(0, false).late());
  }
}
