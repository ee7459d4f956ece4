package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.event.Decoded;
import io.hourglass.window.Observation;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class GroupingTest {
  private static final long NOBODY_ELSE = Long.MAX_VALUE;

  private final PartitionTime time = new PartitionTime(
      new WindowSpec(10_000, ZoneOffset.UTC, 1_000, 0), new Mark("t", Watermark.NONE, Watermark.NONE, 0, 1));

  private static Decoded.Event event(String key, long offset, long timestamp) {
    return new Decoded.Event(key, new Observation(offset, timestamp, Watermark.NONE, new double[0], null));
  }

  private Grouping group(Batch batch, int most, Predicate<String> known) {
    return Grouping.of(batch, most, known, time, NOBODY_ELSE);
  }

  @Test
  void eachKeyHasItsEventsAndTheWatermarkAtEachAndBeforeTheFirst() {
    Batch batch = new Batch(List.of(event("a", 3, 5_000), event("b", 5, 9_000), event("a", 8, 6_000)), 10);
    Map<String, Grouping.Part> parts = group(batch, 2, key -> false).parts();
    assertEquals(List.of("a", "b"), List.copyOf(parts.keySet()));
    assertEquals(List.of(3L, 8L), parts.get("a").observations().stream().map(Observation::offset).toList());
    assertEquals(List.of(3_999L, 7_999L), parts.get("a").observations().stream().map(Observation::watermark).toList());
    assertEquals(Watermark.NONE, parts.get("a").watermarkBefore());
    assertEquals(3_999, parts.get("b").watermarkBefore());
  }

  @Test
  void itEndsBeforeTheStrangeKeyThatIsOneTooMany() {
    Batch batch = new Batch(List.of(event("a", 3, 1), event("b", 5, 1), event("a", 8, 1), event("c", 9, 99_000), event("a", 11, 1)), 14);
    Grouping cut = group(batch, 2, key -> false);
    assertEquals(new Batch(batch.events().subList(3, 5), 14), cut.rest());
    assertEquals(9, cut.next());
    assertEquals(Set.of("a", "b"), cut.parts().keySet());
    assertEquals(-1_000, time.own());
    assertNull(group(batch, 2, key -> key.equals("a")).rest());
    assertNull(group(batch, 3, key -> false).rest());
  }

  /** Records without an event in the end still count as handled. */
  @Test
  void aBatchWithoutEventsIsWhole() {
    Grouping none = group(new Batch(List.of(), 7), 2, key -> false);
    assertNull(none.rest());
    assertEquals(7, none.next());
  }

  @Test
  void whatIsTakenInTurnIsTogetherTheBatch() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<Decoded.Event> events = new ArrayList<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        events.add(event("k" + random.nextInt(12), 100 - 2L * i, 0));
      }
      int most = 1 + random.nextInt(5);
      Set<String> told = new HashSet<>();
      List<Long> all = new ArrayList<>();
      long before = 0;
      for (Batch rest = new Batch(events, 120); rest != null; ) {
        Grouping grouping = group(rest, most, told::contains);
        assertTrue(grouping.parts().keySet().stream().filter(key -> !told.contains(key)).count() <= most);
        assertTrue(grouping.next() > before && grouping.parts().values().stream().allMatch(part -> part.last() < grouping.next()));
        before = grouping.next();
        told.addAll(grouping.parts().keySet());
        grouping.parts().values().stream().flatMap(part -> part.observations().stream()).map(Observation::offset).sorted().forEach(all::add);
        rest = grouping.rest();
      }
      assertEquals(events.stream().map(Decoded.Event::offset).toList(), all);
      assertEquals(120, before);
    }
  }
}
