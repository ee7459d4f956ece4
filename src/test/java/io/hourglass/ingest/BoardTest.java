package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.Watermark;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The watermark of a pipeline, as partition 0 of three sees the others. */
class BoardTest {
  private long now;
  private final Board board = new Board(() -> now);

  private void reported(int partition, long committedWatermark, boolean idle) {
    board.put(new PartitionReport("p", partition, 3, "node", committedWatermark + 50, committedWatermark, 9, 8, 10, idle, 1));
  }

  private long others() {
    return board.othersWatermark("p", 0, Feeds.ofFields(3));
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
    assertEquals(5, board.othersWatermark("p", 1, Feeds.ofFields(3)));
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
    board.put(new PartitionReport("p", 2, 3, "node", Watermark.NONE, Watermark.NONE, 0, 0, 5, false, 1));
    assertEquals(Watermark.NONE, others());
    board.put(new PartitionReport("p", 2, 3, "node", Watermark.NONE, Watermark.NONE, 0, 0, 0, true, 1));
    assertEquals(100, others());
  }

  @Test
  void theOnlyPartitionWaitsForNobodyAndPipelinesDoNotMix() {
    assertEquals(Long.MAX_VALUE, board.othersWatermark("p", 0, Feeds.ofFields(1)));
    reported(1, 100, false);
    assertEquals(Watermark.NONE, board.othersWatermark("q", 0, Feeds.ofFields(2)));
    assertEquals(List.of(), List.copyOf(board.of("q")));
    assertEquals(1, board.of("p").size());
  }

  /** What retention counts from. */
  @Test
  void thePipelinesWatermarkIsTheLeastOfThoseThatRun() {
    assertEquals(Watermark.NONE, board.durableWatermark("p"));
    reported(0, 50, false);
    reported(1, 100, false);
    assertEquals(Watermark.NONE, board.durableWatermark("p"));
    reported(2, 3, true);
    assertEquals(50, board.durableWatermark("p"));
    reported(0, Watermark.NONE, false);
    assertEquals(100, board.durableWatermark("p"));
    reported(0, Watermark.NONE, true);
    reported(1, 100, true);
    assertEquals(3, board.durableWatermark("p"));
  }

  private void read(int partition, int partitions, int stride, long committedWatermark) {
    board.put(new PartitionReport("p", partition, partitions, "node", committedWatermark, committedWatermark, 9, 9, 9, false, stride));
  }

  @Test
  void keysOfRecordsWaitForNoOtherPartition() {
    read(1, 4, 4, 100);
    assertEquals(Long.MAX_VALUE, board.othersWatermark("p", 0, Feeds.ofRecordKeys(4)));
    assertEquals(100, board.durableWatermark("p", 1));
    assertFalse(board.mixed("p"));
  }

  /** From 4 to 8: the keys of partition 1 may have events in 1 and in 5, whoever has heard of it. */
  @Test
  void keysOfATopicThatHasGrownWaitForThePartitionTheyMayHaveComeFrom() {
    read(1, 4, 4, 100);
    read(2, 4, 4, 7);
    read(5, 8, 4, 30);
    assertTrue(board.mixed("p"));
    assertEquals(100, board.othersWatermark("p", 5, new Feeds(8, 4)));
    assertEquals(30, board.othersWatermark("p", 1, Feeds.ofRecordKeys(4)));
    assertEquals(30, board.durableWatermark("p", 1));
    assertEquals(Watermark.NONE, board.othersWatermark("p", 2, Feeds.ofRecordKeys(4)));
  }

  @Test
  void theStrideDividesEveryCountThatTheTopicHasHad() {
    assertEquals(new Feeds(8, 4), Feeds.ofRecordKeys(8).andStride(4));
    assertEquals(new Feeds(6, 2), Feeds.ofRecordKeys(4).and(Feeds.ofRecordKeys(6)));
    assertEquals(new Feeds(8, 8), Feeds.ofRecordKeys(8).andStride(0));
    assertEquals(new Feeds(9, 1), Feeds.ofRecordKeys(4).and(Feeds.ofRecordKeys(9)));
  }

  @Test
  void aReaderOfAnOlderVersionDoesNotSaySoAnyPartitionMayFeedAnyKey() {
    read(1, 2, 0, 100);
    read(0, 2, 2, 50);
    assertEquals(50, board.durableWatermark("p", 1));
    assertTrue(board.mixed("p"));
  }

  private void readBy(String node, int partition, int partitions, int reports) {
    for (int i = 0; i < reports; i++) {
      board.put(new PartitionReport("p", partition, partitions, node, 1, 1, 9, 9, 9, false, partitions));
    }
  }

  @Test
  void theReaderOfAShardIsThatOfItsPartition() {
    assertEquals(Optional.empty(), board.readers("p", 64).of(6));
    readBy("a", 0, 4, 3);
    readBy("b", 2, 4, 3);
    assertEquals(Optional.of("b"), board.readers("p", 64).of(6));
    assertEquals(Optional.of("a"), board.readers("p", 64).of(8));
    assertEquals(Optional.empty(), board.readers("p", 64).of(1));
    readBy("c", 6, 8, 3);
    assertEquals(Optional.of("c"), board.readers("p", 64).of(6));
    assertEquals(Optional.of("b"), board.readers("p", 64).of(10));
    assertTrue(board.readers("p", 64).followed());
    assertEquals(Optional.empty(), board.readers("p", 12).of(6));
    assertFalse(board.readers("p", 12).followed());
  }

  /** A node that Kafka has given up, and that does not know yet, and its successor report in turn. */
  @Test
  void ofTwoThatSayThatTheyReadAPartitionTheOneThatBeganLastIsTheReader() {
    readBy("a", 0, 4, 3);
    readBy("b", 0, 4, 1);
    readBy("a", 0, 4, 1);
    readBy("b", 0, 4, 1);
    assertEquals(Optional.of("a"), board.readers("p", 64).of(0), "b has only just begun");
    readBy("b", 0, 4, 1);
    assertEquals(Optional.of("b"), board.readers("p", 64).of(0));
    readBy("a", 0, 4, 5);
    assertEquals(Optional.of("b"), board.readers("p", 64).of(0));
  }

  @Test
  void aReaderThatGetsAPartitionBackIsKnownWhenTheOtherIsNotHeardOfAnyMore() {
    readBy("a", 0, 4, 3);
    readBy("b", 0, 4, 3);
    now = 4_000;
    readBy("a", 0, 4, 1);
    assertEquals(Optional.of("b"), board.readers("p", 64).of(0));
    now = 5_000;
    assertEquals(Optional.of("a"), board.readers("p", 64).of(0));
  }

  @Test
  void aReaderThatIsNotHeardOfIsNotKnownAnyMore() {
    readBy("a", 0, 4, 3);
    now = 4_999;
    assertEquals(Optional.of("a"), board.readers("p", 64).of(0));
    now = 5_000;
    assertEquals(Optional.empty(), board.readers("p", 64).of(0));
  }
}
