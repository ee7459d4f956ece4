package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many keys added up tell what one key with all their events would. */
class KeysTotalTest {
  private static final long HOUR = 3_600_000;
  private static final Source SOURCE = new Source("t", 0);
  private static final KeySpec SPEC = new KeySpec(new WindowSpec(HOUR, ZoneOffset.UTC, 0, 0), PaneSpec.OFF,
      List.of(new MeasureSpec("bytes", "bytes", EnumSet.complementOf(EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP))),
          new MeasureSpec("paths", "path", EnumSet.of(Aggregate.DISTINCT, Aggregate.TOP))), 30 * 24 * HOUR);

  private final List<KeyState> states = new ArrayList<>();
  private final List<KeyWindows> keys = new ArrayList<>();
  private final KeyWindows all = new KeyWindows(SPEC, new KeyState(SPEC), Watch.NONE);

  private void events(int howMany) {
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      states.add(new KeyState(SPEC));
      keys.add(new KeyWindows(SPEC, states.get(i), Watch.NONE));
    }
    for (int i = 0; i < howMany; i++) {
      Observation each = new Observation(i, random.nextInt((int) HOUR), Watermark.NONE,
          new double[] {random.nextInt(1_000) - 200, Double.NaN}, new String[] {null, "p" + random.nextInt(200)});
      int at = random.nextInt(keys.size());
      keys.get(at).observe(SOURCE, List.of(each));
      all.observe(SOURCE, List.of(each));
      if (random.nextInt(10) == 0) {
        persist(at);
      }
    }
  }

  private void persist(int at) {
    states.get(at).apply(keys.get(at).event(true, 1 + keys.get(at).seen(SOURCE)));
    keys.get(at).persisted();
  }

  @Test
  void liveKeysAddUpToAllTheyHold() {
    events(5_000);
    KeysTotal total = new KeysTotal(SPEC, 0);
    keys.forEach(key -> total.add(key.share(0)));
    assertTold(total);
    KeysTotal passedOn = new KeysTotal(SPEC, 0);
    passedOn.add(total.data());
    assertTold(passedOn);
  }

  private void assertTold(KeysTotal total) {
    WindowResult truth = all.window(0, false);
    assertEquals(truth.count(), total.count());
    assertEquals(List.of(), total.leftOut());
    truth.measures().forEach((name, measure) -> {
      assertEquals(measure.count(), total.measures().get(name).count(), name);
      assertEquals(measure.values().keySet(), total.measures().get(name).values().keySet());
      assertEquals(measure.top(), total.measures().get(name).top());
      measure.values().forEach((label, value) -> assertEquals(value, total.measures().get(name).values().get(label), 1e-9 * Math.abs(value), label));
    });
  }

  @Test
  void whatDoesNotFollowFromResultsIsLeftOutAndNamed() {
    events(3_000);
    KeysTotal total = new KeysTotal(SPEC, 0);
    keys.subList(0, 20).forEach(key -> total.add(new StoredWindow(key.window(0, false), Map.of())));
    keys.subList(20, 40).forEach(key -> total.add(key.share(0)));
    Map<String, Double> truth = all.window(0, false).measures().get("bytes").values();
    Map<String, Double> told = total.measures().get("bytes").values();
    assertEquals(List.of("bytes.first", "bytes.last", "bytes.p50", "bytes.p95", "bytes.p99", "paths.distinct", "paths.top"), total.leftOut());
    for (String label : List.of("sum", "min", "max", "mean", "stddev")) {
      assertEquals(truth.get(label), told.get(label), 1e-9 * Math.abs(truth.get(label)), label);
    }
    assertEquals(5, told.size());
    assertTrue(total.measures().get("paths").values().isEmpty());
    assertTrue(total.measures().get("paths").top().isEmpty());
    assertEquals(3_000, total.count());
  }

  @Test
  void whatIsStoredBesideResultsAddsUpButForFirstAndLast() {
    events(3_000);
    KeysTotal total = new KeysTotal(SPEC, 0);
    keys.subList(0, 20).forEach(key -> total.add(key.stored(0, false)));
    keys.subList(20, 40).forEach(key -> total.add(key.share(0)));
    assertEquals(List.of("bytes.first", "bytes.last"), total.leftOut());
    Map<String, Double> truth = all.window(0, false).measures().get("bytes").values();
    Map<String, Double> told = total.measures().get("bytes").values();
    assertEquals(8, told.size());
    told.forEach((label, value) -> assertEquals(truth.get(label), value, 1e-9 * Math.abs(value), label));
    assertEquals(all.window(0, false).measures().get("paths"), total.measures().get("paths"));
  }

  /** Hours of a key, some as they are stored, add up to the day that a key with windows of a day has. */
  @Test
  void windowsOfOneKeyAddUpToALongerOne() {
    KeySpec days = new KeySpec(new WindowSpec(24 * HOUR, ZoneOffset.UTC, 0, 0), PaneSpec.OFF, SPEC.measures(), 30 * 24 * HOUR);
    KeyWindows hours = new KeyWindows(SPEC, new KeyState(SPEC), Watch.NONE);
    KeyWindows day = new KeyWindows(days, new KeyState(days), Watch.NONE);
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      Observation event = new Observation(i, (long) (random.nextDouble() * 24 * HOUR), Watermark.NONE, new double[] {random.nextInt(500), Double.NaN},
          new String[] {null, "/" + random.nextInt(200)});
      hours.observe(SOURCE, List.of(event));
      day.observe(SOURCE, List.of(event));
    }
    KeysTotal total = KeysTotal.ofOneKey(SPEC, 0);
    for (int hour = 23; hour >= 0; hour--) {
      total.add(hours.stored(hour * HOUR, false));
    }
    WindowResult truth = day.window(0, false);
    assertEquals(truth.count(), total.count());
    assertEquals(List.of(), total.leftOut());
    truth.measures().forEach((name, measure) -> {
      assertEquals(measure.values().keySet(), total.measures().get(name).values().keySet());
      assertEquals(measure.top(), total.measures().get(name).top());
      measure.values().forEach((label, value) -> assertEquals(value, total.measures().get(name).values().get(label), 1e-9 * Math.abs(value), label));
    });
  }

  @Test
  void aKeyAtRestTellsWhatItToldAlive() {
    events(500);
    KeyWindows key = keys.get(3);
    persist(3);
    RestingKey rest = key.resting();
    assertEquals(key.share(0).count(), rest.share(0, Watermark.NONE).count());
    assertEquals(key.share(0).value(0, Aggregate.P95), rest.share(0, Watermark.NONE).value(0, Aggregate.P95));
    assertTrue(!rest.share(0, HOUR - 2).closed() && rest.share(0, HOUR - 1).closed());
    assertNull(rest.share(HOUR, Watermark.NONE));
    assertNull(key.share(HOUR));
  }
}
