package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.window.Watermark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The watermark of a pipeline, as partition 0 of three sees the others. */
class BoardTest {
  private final Board board = new Board();

  private void reported(int partition, long committedWatermark, boolean idle) {
    board.put(new PartitionReport("p", partition, 3, "node", committedWatermark + 50, committedWatermark, 9, 8, 10, idle));
  }

  private long others() {
    return board.othersWatermark("p", 0, 3);
  }

  @Test
  void aPartitionThatHasNotReportedHoldsBack() {
    assertEquals(Watermark.NONE, others());
    reported(1, 100, false);
    assertEquals(Watermark.NONE, others());
    reported(2, 70, false);
    assertEquals(70, others());
  }

  @Test
  void theLeastOfTheOthersCountsAndNotOnesOwn() {
    reported(0, 5, false);
    reported(1, 100, false);
    reported(2, 70, false);
    assertEquals(70, others());
    reported(2, 170, false);
    assertEquals(100, others());
    assertEquals(5, board.othersWatermark("p", 1, 3));
  }

  @Test
  void idlePartitionsAreLeftOut() {
    reported(1, 100, false);
    reported(2, 3, true);
    assertEquals(100, others());
    reported(1, 100, true);
    assertEquals(Long.MAX_VALUE, others());
    reported(2, 3, false);
    assertEquals(3, others());
  }

  @Test
  void aPartitionThatHasReadNothingHoldsBackUnlessIdle() {
    reported(1, 100, false);
    board.put(new PartitionReport("p", 2, 3, "node", Watermark.NONE, Watermark.NONE, 0, 0, 5, false));
    assertEquals(Watermark.NONE, others());
    board.put(new PartitionReport("p", 2, 3, "node", Watermark.NONE, Watermark.NONE, 0, 0, 0, true));
    assertEquals(100, others());
  }

  @Test
  void theOnlyPartitionWaitsForNobodyAndPipelinesDoNotMix() {
    assertEquals(Long.MAX_VALUE, board.othersWatermark("p", 0, 1));
    reported(1, 100, false);
    assertEquals(Watermark.NONE, board.othersWatermark("q", 0, 2));
    assertEquals(List.of(), List.copyOf(board.of("q")));
    assertEquals(1, board.of("p").size());
  }
}
