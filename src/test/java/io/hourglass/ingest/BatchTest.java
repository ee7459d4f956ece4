package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.event.Decoded;
import io.hourglass.window.Observation;
import io.hourglass.window.Watermark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static Decoded.Event event(String key, long offset) {
    return new Decoded.Event(key, new Observation(offset, 0, Watermark.NONE, new double[0], null));
  }

  @Test
  void whatStandsBehindThePositionIsLeft() {
    Batch batch = new Batch(List.of(event("a", 3), event("b", 5), event("a", 8)), 10);
    assertSame(batch, batch.from(3));
    assertEquals(new Batch(batch.events().subList(1, 3), 10), batch.from(4));
    assertEquals(new Batch(List.of(), 10), batch.from(9));
  }

  @Test
  void whatComesASecondTimeBehindGreaterOffsetsIsLeftOut() {
    Batch batch = new Batch(List.of(event("a", 6), event("b", 8), event("a", 3), event("a", 6), event("b", 7)), 8);
    assertEquals(new Batch(batch.events().subList(0, 2), 9), batch.from(6));
    assertEquals(new Batch(batch.events().subList(1, 2), 9), batch.from(7));
  }

  @Test
  void aBatchIsCutBeforeTheStrangeKeyThatIsOneTooMany() {
    Batch batch = new Batch(List.of(event("a", 3), event("b", 5), event("a", 8), event("c", 9), event("a", 11)), 14);
    assertEquals(new Batch.Cut(new Batch(batch.events().subList(0, 3), 9), new Batch(batch.events().subList(3, 5), 14)), batch.cut(2, key -> false));
    assertEquals(new Batch.Cut(batch, null), batch.cut(2, key -> key.equals("a")));
    assertEquals(new Batch.Cut(batch, null), batch.cut(3, key -> false));
  }

  /** Records without an event in the end still count as handled. */
  @Test
  void aBatchWithoutEventsIsNotCut() {
    assertEquals(new Batch.Cut(new Batch(List.of(), 7), null), new Batch(List.of(), 7).cut(2, key -> false));
  }

  @Test
  void whatIsCutIsTogetherTheBatch() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<Decoded.Event> events = new ArrayList<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        events.add(event("k" + random.nextInt(12), 100 - 2L * i));
      }
      int keys = 1 + random.nextInt(5);
      Set<String> told = new HashSet<>();
      List<Decoded.Event> all = new ArrayList<>();
      long before = 0;
      for (Batch rest = new Batch(events, 120); rest != null; ) {
        Batch.Cut cut = rest.cut(keys, told::contains);
        Set<String> strange = cut.now().events().stream().map(Decoded.Event::key).filter(key -> !told.contains(key)).collect(Collectors.toSet());
        assertTrue(strange.size() <= keys);
        assertTrue(cut.now().next() > before && cut.now().events().stream().allMatch(each -> each.offset() < cut.now().next()));
        before = cut.now().next();
        told.addAll(strange);
        all.addAll(cut.now().events());
        rest = cut.rest();
      }
      assertEquals(events, all);
      assertEquals(120, before);
    }
  }
}
