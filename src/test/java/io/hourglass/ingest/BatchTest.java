package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.event.Decoded;
import io.hourglass.window.Observation;
import io.hourglass.window.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
  void slicesAreCutBeforeTheKeyThatIsOneTooMany() {
    Batch batch = new Batch(List.of(event("a", 3), event("b", 5), event("a", 8), event("c", 9), event("a", 11)), 14);
    assertEquals(List.of(new Batch(batch.events().subList(0, 3), 9), new Batch(batch.events().subList(3, 5), 14)), batch.slices(2));
    assertEquals(List.of(batch), batch.slices(3));
  }

  /** Records without an event in the end still count as handled. */
  @Test
  void aBatchWithoutEventsIsOneSlice() {
    assertEquals(List.of(new Batch(List.of(), 7)), new Batch(List.of(), 7).slices(2));
  }

  @Test
  void slicesTogetherAreTheBatch() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<Decoded.Event> events = new ArrayList<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        events.add(event("k" + random.nextInt(12), 100 - 2L * i));
      }
      int keys = 1 + random.nextInt(5);
      List<Batch> slices = new Batch(events, 120).slices(keys);
      assertEquals(events, slices.stream().flatMap(slice -> slice.events().stream()).toList());
      long before = 0;
      for (Batch slice : slices) {
        assertTrue(slice.events().stream().map(Decoded.Event::key).distinct().count() <= keys);
        assertTrue(slice.next() > before && slice.events().stream().allMatch(each -> each.offset() < slice.next()));
        before = slice.next();
      }
      assertEquals(120, before);
    }
  }
}
