package io.hourglass.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.RestingKey;
import io.hourglass.window.Source;
import io.hourglass.window.Watch;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestingKeysTest {
  private static final long HOUR = 3_600_000;
  private static final KeySpec SPEC = new KeySpec(new WindowSpec(HOUR, ZoneOffset.UTC, 0, 0), PaneSpec.OFF, List.of(), HOUR);

  /** A key with an event in each of these hours, those before {@code closedTo} closed and sent. */
  static RestingKey key(long closedTo, long... hours) {
    KeyState state = new KeyState(SPEC);
    KeyWindows windows = new KeyWindows(SPEC, state, Watch.NONE);
    Source source = new Source("t", 0);
    for (int i = 0; i < hours.length; i++) {
      windows.observe(source, List.of(new Observation(i, hours[i] * HOUR, Watermark.NONE, new double[0], null)));
    }
    for (long hour : hours) {
      if (hour < closedTo) {
        windows.published(hour * HOUR);
      }
    }
    state.apply(windows.event(true, 1));
    windows.persisted();
    return windows.resting();
  }

  private static RestingKeys.Rest rest(String name, RestingKey key) {
    return rest(name, key, 1);
  }

  private static RestingKeys.Rest rest(String name, RestingKey key, long tenure) {
    return new RestingKeys.Rest(name, key, tenure);
  }

  private static List<String> names(RestingKeys keys) {
    return keys.all().stream().map(RestingKeys.Rest::key).toList();
  }

  @Test
  void forgetsThoseThatLeftFirstAndSaysSo() {
    long each = rest("a", key(0, 5)).weight();
    RestingKeys keys = new RestingKeys(new RestingBudget(2 * each));
    keys.put(rest("a", key(0, 5)));
    keys.put(rest("b", key(0, 6)));
    keys.put(rest("a", key(0, 5)));
    assertFalse(keys.tellsLessThanTable(1, 5 * HOUR), "put again it counts once");
    keys.put(rest("c", key(0, 7)));
    assertEquals(List.of("a", "c"), keys.all().stream().map(RestingKeys.Rest::key).toList());
    assertTrue(keys.tellsLessThanTable(1, 6 * HOUR));
    assertFalse(keys.tellsLessThanTable(1, 7 * HOUR));
    keys.remove("a");
    keys.put(rest("d", key(0, 7)));
    assertEquals(2, keys.all().size());
    assertFalse(keys.tellsLessThanTable(1, 7 * HOUR));
  }

  @Test
  void ofAClosedHourTheTableTellsMore() {
    RestingKeys keys = new RestingKeys(new RestingBudget(1 << 20));
    keys.put(rest("a", key(6, 5, 6)));
    assertTrue(keys.tellsLessThanTable(1, 5 * HOUR));
    assertFalse(keys.tellsLessThanTable(1, 6 * HOUR));
    assertEquals(1, keys.all().get(0).held().share(6 * HOUR, Watermark.NONE).count());
  }

  @Test
  void pipelinesShareOneBudget() {
    RestingBudget budget = new RestingBudget(2 * rest("a", key(0, 5)).weight());
    RestingKeys clicks = new RestingKeys(budget);
    RestingKeys sales = new RestingKeys(budget);
    clicks.put(rest("a", key(0, 5)));
    sales.put(rest("b", key(0, 5)));
    sales.put(rest("c", key(0, 5)));
    assertEquals(List.of(), names(clicks));
    assertEquals(List.of("b", "c"), names(sales));
    assertTrue(clicks.tellsLessThanTable(1, 5 * HOUR));
    assertFalse(sales.tellsLessThanTable(1, 5 * HOUR), "what another pipeline forgets costs this one nothing");
    sales.remove("b");
    clicks.put(rest("a", key(0, 5)));
    assertEquals(List.of("a"), names(clicks));
    assertEquals(List.of("c"), names(sales));
  }

  @Test
  void aTenureThatIsOverGoesFirstAndCostsTheOthersNothing() {
    RestingKeys keys = new RestingKeys(new RestingBudget(3 * rest("a", key(0, 5)).weight()));
    keys.put(rest("a", key(0, 5), 2));
    keys.put(rest("b", key(0, 5), 1));
    keys.put(rest("c", key(0, 5), 2));
    keys.put(rest("d", key(0, 5), 2));
    assertEquals(List.of("a", "c", "d"), names(keys));
    assertTrue(keys.tellsLessThanTable(1, 5 * HOUR));
    assertFalse(keys.tellsLessThanTable(2, 5 * HOUR));
  }

  @Test
  void thoseOfOtherTenuresAreDropped() {
    RestingKeys keys = new RestingKeys(new RestingBudget(1 << 20));
    keys.put(rest("a", key(0, 5), 1));
    keys.put(rest("b", key(0, 5), 2));
    keys.keep(List.of(2L, 3L));
    assertEquals(List.of("b"), names(keys));
    assertTrue(keys.tellsLessThanTable(1, 5 * HOUR), "should it be held after all, the read table is asked");
    assertFalse(keys.tellsLessThanTable(2, 5 * HOUR));
  }
}
