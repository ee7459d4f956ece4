package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trailing hour from panes, beside one pass over the events. */
class RollingTest {
  private static final Source SOURCE = new Source("t", 0);
  private static final List<MeasureSpec> MEASURES = List.of(new MeasureSpec("v", "v", EnumSet.of(
      Aggregate.SUM, Aggregate.MIN, Aggregate.MAX, Aggregate.LAST, Aggregate.P50)));
  private static final long DISORDER = 40;

  private final List<Observation> counted = new ArrayList<>();
  private KeySpec spec;
  private KeyState state;
  private KeyWindows windows;
  private long id;

  private void keep(long size, PaneSpec panes) {
    spec = new KeySpec(new WindowSpec(size, ZoneOffset.UTC, DISORDER, 30), panes, MEASURES, 100_000);
    state = new KeyState(spec);
    windows = new KeyWindows(spec, state, Watch.NONE);
    counted.clear();
  }

  private void observe(Observation event) {
    long late = windows.result(false).late();
    windows.observe(SOURCE, List.of(event));
    if (windows.result(false).late() == late) {
      counted.add(event);
    }
  }

  private void write() {
    state.apply(windows.event(true, ++id));
    windows.persisted();
    windows.closing().forEach(windows::published);
  }

  private void restart() {
    write();
    state = new KeyState(spec, state.snapshot((learnt, since) -> learnt));
    windows = new KeyWindows(spec, state, Watch.NONE);
  }

  /** Panes within windows, windows within panes, neither, and a delta that spans many of both. */
  @ParameterizedTest
  @CsvSource({"100, 10, 100", "100, 100, 100", "50, 200, 400", "80, 30, 240", "1000, 7, 84", "20, 20, 1000"})
  void isWhatCameInItsLength(long size, long pane, long length) {
    Random random = new Random(size * 31 + pane);
    for (int history = 0; history < 40; history++) {
      keep(size, new PaneSpec(pane, length));
      long time = 1_000_000;
      for (int offset = 0; offset < 300; offset++) {
        time += random.nextInt(20) == 0 ? random.nextInt(600) : random.nextInt(12);
        long at = time - random.nextInt((int) DISORDER * 3);
        observe(new Observation(offset, at, time - DISORDER - 1, new double[] {random.nextInt(1_000)}, null));
        step(random);
        compare(pane * (1 + random.nextInt((int) (length / pane))));
      }
    }
  }

  private void step(Random random) {
    switch (random.nextInt(12)) {
      case 0, 1 -> write();
      case 2 -> restart();
      default -> { }
    }
  }

  private void compare(long length) {
    WindowResult rolling = windows.rolling(length, false).windows().get(0);
    assertEquals(length, rolling.end() - rolling.start());
    List<Observation> within = counted.stream().filter(each -> each.timestamp() >= rolling.start() && each.timestamp() < rolling.end()).toList();
    assertEquals(0, counted.stream().filter(each -> each.timestamp() >= rolling.end()).count(), "it ends with the newest");
    assertEquals(within.size(), rolling.count());
    TreeMap<String, Double> expected = new TreeMap<>();
    expected.put("sum", within.stream().mapToDouble(each -> each.numbers()[0]).sum());
    within.stream().mapToDouble(each -> each.numbers()[0]).min().ifPresent(min -> expected.put("min", min));
    within.stream().mapToDouble(each -> each.numbers()[0]).max().ifPresent(max -> expected.put("max", max));
    within.stream().max((a, b) -> a.timestamp() != b.timestamp() ? Long.compare(a.timestamp(), b.timestamp()) : Long.compare(a.offset(), b.offset()))
        .ifPresent(last -> expected.put("last", last.numbers()[0]));
    TreeMap<String, Double> found = new TreeMap<>(rolling.measures().get("v").values());
    found.remove("p50");
    assertEquals(expected, found);
  }

  @Test
  void endsWithTheWatermarkWhenNothingComes() {
    keep(100, new PaneSpec(10, 50));
    observe(new Observation(0, 1_005, 900, new double[] {1}, null));
    windows.advance(1_034);
    assertEquals(List.of(990L, 1_040L, 1L), told(50));
    windows.advance(1_055);
    assertEquals(List.of(1_010L, 1_060L, 0L), told(50));
  }

  @Test
  void endsWithTheNewestEventWhileNoWatermarkIsKnown() {
    keep(100, new PaneSpec(10, 50));
    observe(new Observation(0, 1_005, Watermark.NONE, new double[] {1}, null));
    assertEquals(List.of(960L, 1_010L, 1L), told(50));
  }

  @Test
  void durableAloneLeavesOutWhatIsPending() {
    keep(100, new PaneSpec(10, 50));
    observe(new Observation(0, 1_005, 900, new double[] {1}, null));
    write();
    observe(new Observation(1, 1_015, 900, new double[] {1}, null));
    assertEquals(2, windows.rolling(50, false).windows().get(0).count());
    assertEquals(1, windows.rolling(50, true).windows().get(0).count());
  }

  @Test
  void aKeyThatWasNeverSeenHasNone() {
    keep(100, new PaneSpec(10, 50));
    assertEquals(List.of(), windows.rolling(50, false).windows());
  }

  /** What is kept is bounded by the length, not by how long the key lives. */
  @Test
  void panesBehindTheLengthAreForgotten() {
    keep(100, new PaneSpec(10, 50));
    for (int i = 0; i < 200; i++) {
      observe(new Observation(i, 1_000 + 7L * i, 7L * i, new double[] {1}, null));
      write();
      assertEquals(Math.min(5, 1 + (1_000 + 7L * i) / 10 - 100), state.snapshot((learnt, since) -> learnt).panes().size());
    }
  }

  @Test
  void nothingIsKeptWhereItIsOff() {
    keep(100, PaneSpec.OFF);
    observe(new Observation(0, 1_005, 900, new double[] {1}, null));
    observe(new Observation(1, 1_095, 900, new double[] {1}, null));
    assertEquals(1, windows.event(true, 1).tallies().size());
    write();
    assertEquals(List.of(), state.snapshot((learnt, since) -> learnt).panes());
  }

  private List<Long> told(long length) {
    WindowResult rolling = windows.rolling(length, false).windows().get(0);
    return List.of(rolling.start(), rolling.end(), rolling.count());
  }
}
