package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.hourglass.event.Decoded;
import io.hourglass.window.Observation;
import io.hourglass.window.Watermark;
import java.util.List;
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
}
