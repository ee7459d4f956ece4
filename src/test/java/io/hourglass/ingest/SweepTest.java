package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Windows of 1,000 ms, 200 ms of lateness: [0, 1000) closes at 1199 by the watermark, at 1200 by the clock. */
class SweepTest {
  private final Sweep sweep = new Sweep(new WindowSpec(1_000, ZoneOffset.UTC, 0, 200), 0);

  private void finished() {
    sweep.rowsDone();
    assertTrue(sweep.finish());
  }

  @Test
  void itBeginsWhenTheWatermarkHasClosedAnotherWindow() {
    assertFalse(sweep.begin(Watermark.NONE));
    assertFalse(sweep.begin(1_198));
    assertTrue(sweep.begin(1_199));
    assertEquals(0, sweep.from());
    assertEquals(1_000, sweep.to());
    assertFalse(sweep.byClock());
    assertFalse(sweep.begin(9_000), "one at a time");
  }

  @Test
  void whatWasSweptIsNotSweptAgain() {
    assertTrue(sweep.begin(3_250));
    assertFalse(sweep.finish(), "its rows are not done");
    finished();
    assertFalse(sweep.running());
    assertFalse(sweep.begin(4_198));
    assertTrue(sweep.begin(4_199));
    assertEquals(3_000, sweep.from());
    assertEquals(4_000, sweep.to());
  }

  @Test
  void oneThatWasGivenUpBeginsAgainAtTheSameWindow() {
    assertTrue(sweep.begin(1_199));
    sweep.abort();
    assertFalse(sweep.finish());
    assertTrue(sweep.begin(2_300));
    assertEquals(0, sweep.from());
    assertEquals(2_000, sweep.to());
    assertEquals(2, sweep.number());
  }

  @Test
  void theClockSweepsOnceUntilThereIsInput() {
    assertFalse(sweep.beginByClock(1_199));
    assertTrue(sweep.beginByClock(1_200));
    assertTrue(sweep.byClock());
    finished();
    assertFalse(sweep.beginByClock(2_199));
    assertTrue(sweep.beginByClock(2_200));
    assertEquals(0, sweep.from(), "what the clock swept the watermark has yet to");
    finished();
    sweep.input();
    assertTrue(sweep.beginByClock(2_200));
    finished();
    assertTrue(sweep.begin(1_199));
  }

  /** A window that opened since has to be closed by the clock, too. */
  @Test
  void aSweepByTheClockIsRepeatedWhenThereWasInputMeanwhile() {
    assertTrue(sweep.beginByClock(5_201));
    finished();
    assertFalse(sweep.beginByClock(5_202));
    sweep.input();
    assertTrue(sweep.beginByClock(5_203));
    sweep.input();
    finished();
    assertTrue(sweep.beginByClock(5_204));
  }

  @Test
  void goingBackForgetsWhatLiesAheadOfTheWatermark() {
    assertTrue(sweep.begin(5_199));
    finished();
    sweep.back(2_300);
    assertTrue(sweep.begin(5_199));
    assertEquals(2_000, sweep.from());
    sweep.back(Watermark.NONE);
    assertFalse(sweep.running());
    assertEquals(Watermark.NONE, sweep.sweptUnder(9_000));
  }

  @Test
  void aCommitRecordsNoMoreThanItsWatermarkHasClosed() {
    assertTrue(sweep.begin(5_199));
    assertEquals(0, sweep.sweptUnder(5_199), "not before it is finished");
    finished();
    assertEquals(5_000, sweep.sweptUnder(9_999));
    assertEquals(1_000, sweep.sweptUnder(2_198));
    assertEquals(Watermark.NONE, sweep.sweptUnder(Watermark.NONE));
  }
}
