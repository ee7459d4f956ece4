package io.hourglass.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.anomaly.Judge.Scored;
import io.hourglass.anomaly.LabelledSeries.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
  /** 1,000 rows, an anomaly at 500: a window of 101 rows, 450 to 551. */
  private static final LabelledSeries SERIES =
      new LabelledSeries("test", "test", new long[1_000], new double[1_000], new int[] {500});

  @Test
  void aWindowIsCentredOnItsAnomaly() {
    assertEquals(List.of(new Window(450, 551)), SERIES.windows());
  }

  @Test
  void silenceEarnsNothingAndAllAtOnceAHundred() {
    assertEquals(0, score());
    assertEquals(100, score(450), 1e-9);
  }

  @Test
  void earlierIsBetterAndLateIsStillBetterThanNever() {
    assertTrue(score(500) > 85 && score(500) < 95, () -> "middle: " + score(500));
    assertTrue(score(550) > 48 && score(550) < 55, () -> "last row: " + score(550));
  }

  @Test
  void onlyTheEarliestDetectionOfAWindowCounts() {
    assertEquals(score(470), score(470, 471, 500, 550), 1e-9);
  }

  @Test
  void aFalseAlarmCostsElevenHundredthsAndLessJustBehindAWindow() {
    assertEquals(100 - 100 * 0.11 / 2, score(300, 450), 1e-9);
    assertTrue(score(450, 552) > 99);
  }

  @Test
  void theFirstRowsAreNotJudged() {
    assertEquals(100, score(10, 149, 450), 1e-9);
  }

  private static double score(int... detections) {
    double[] scores = new double[1_000];
    for (int row : detections) {
      scores[row] = 0.9;
    }
    return Judge.verdict(List.of(new Scored(SERIES, scores)), 0.5).score();
  }
}
