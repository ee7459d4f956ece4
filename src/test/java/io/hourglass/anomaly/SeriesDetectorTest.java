package io.hourglass.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesDetectorTest {
  private static final long STEP_MS = 300_000;
  private static final Sensitivity USUAL = new Sensitivity(0.5);

  @Test
  void aDetectorRestoredAnywhereGoesOnWithTheSameScores() {
    Random random = new Random(11);
    for (LabelledSeries series : List.of(ServerFamilies.webCpu(random, 0), DemandFamilies.speed(random, 0), ArtificialFamilies.nothing(random, 5))
        .stream().map(series -> beginning(series, 900)).toList()) {
      double[] never = Evaluation.scores(new SeriesDetector(), series);
      for (int from : new int[] {0, 7, 256, 257, 512 + random.nextInt(200)}) {
        assertEquals(hash(never), hash(stopped(series, from, random)), series.name() + " stopped at " + from);
      }
    }
  }

  /** The scores of a detector that is restored at {@code from} and, now and then, after it. */
  private static double[] stopped(LabelledSeries series, int from, Random random) {
    SeriesDetector detector = new SeriesDetector();
    double[] scores = new double[series.rows()];
    for (int i = 0; i < scores.length; i++) {
      if (i == from || i > from && random.nextInt(300) == 0) {
        detector = SeriesDetector.restore(detector.state());
      }
      scores[i] = detector.next(series.times()[i], series.values()[i]).anomaly();
    }
    return scores;
  }

  private static LabelledSeries beginning(LabelledSeries series, int rows) {
    return new LabelledSeries(series.family(), series.name(), Arrays.copyOf(series.times(), rows), Arrays.copyOf(series.values(), rows), new int[0]);
  }

  private static int hash(double[] scores) {
    return Arrays.hashCode(scores);
  }

  @Test
  void aRestoredStateIsTheState() {
    SeriesDetector detector = new SeriesDetector();
    Evaluation.scores(detector, DemandFamilies.clicks(new Random(3), 0));
    byte[] state = detector.state();
    assertEquals(Arrays.hashCode(state), Arrays.hashCode(SeriesDetector.restore(state).state()));
  }

  @Test
  void theStateStaysBelowTwentyKilobytes() {
    for (LabelledSeries series : List.of(DemandFamilies.posts(new Random(5), 0), ServerFamilies.networkIn(new Random(5), 0))) {
      SeriesDetector detector = new SeriesDetector();
      Evaluation.scores(detector, series);
      assertTrue(detector.state().length < 20_000, () -> series.name() + ": " + detector.state().length);
    }
  }

  @Test
  void refusesAStateThatIsNone() {
    byte[] state = new SeriesDetector().state();
    assertThrows(IllegalArgumentException.class, () -> SeriesDetector.restore(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> SeriesDetector.restore(Arrays.copyOf(state, state.length - 1)));
    assertThrows(IllegalArgumentException.class, () -> SeriesDetector.restore(Arrays.copyOf(state, state.length + 1)));
    byte[] later = state.clone();
    later[7] = 99;
    assertEquals("state: version 99 (expected: 1)", assertThrows(IllegalArgumentException.class, () -> SeriesDetector.restore(later)).getMessage());
  }

  @Test
  void aSpikeIsAnAnomalyAndWhatIsUsualIsExpected() {
    SeriesDetector detector = new SeriesDetector();
    Random random = new Random(1);
    int alarms = 0;
    for (int i = 0; i < 3_000; i++) {
      Score score = detector.next(i * STEP_MS, wave(i) + random.nextGaussian());
      alarms += USUAL.isAnomaly(score) ? 1 : 0;
    }
    Score spike = detector.next(3_000 * STEP_MS, wave(3_000) + 40);
    assertTrue(alarms <= 2, "false alarms: " + alarms);
    assertTrue(USUAL.isAnomaly(spike) && USUAL.grade(spike) > 0, spike::toString);
    assertEquals(wave(3_000), spike.expected(), 3);
  }

  @Test
  void aDayWithoutItsPeakIsAnAnomaly() {
    SeriesDetector detector = new SeriesDetector();
    Random random = new Random(2);
    int found = 0;
    for (int i = 0; i < 288 * 12; i++) {
      boolean missing = i >= 288 * 11 && wave(i) > 105;
      Score score = detector.next(i * STEP_MS, (missing ? 100 : wave(i)) + random.nextGaussian());
      found += i >= 288 * 11 && USUAL.isAnomaly(score) ? 1 : 0;
    }
    assertTrue(found >= 1, "found: " + found);
  }

  @Test
  void aConstantIsNoAnomalyAndItsFirstChangeIsOne() {
    SeriesDetector detector = new SeriesDetector();
    for (int i = 0; i < 2_000; i++) {
      assertEquals(0, detector.next(i * STEP_MS, 42).anomaly(), 0.05);
    }
    assertTrue(USUAL.isAnomaly(detector.next(2_000 * STEP_MS, 43)));
  }

  @Test
  void whatIsNoValueChangesNothing() {
    LabelledSeries series = DemandFamilies.clicks(new Random(3), 0);
    SeriesDetector detector = new SeriesDetector();
    for (int i = 0; i < series.rows(); i++) {
      assertEquals(0, detector.next(series.times()[i], i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY).anomaly());
    }
    assertEquals(hash(Evaluation.scores(new SeriesDetector(), series)), hash(Evaluation.scores(detector, series)));
  }

  @Test
  void noValueAndNoTimeBreaksIt() {
    SeriesDetector detector = new SeriesDetector();
    Random random = new Random(4);
    double[] odd = {0, -0.0, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1e-300, 1e30, -1, Double.NaN};
    for (int i = 0; i < 3_000; i++) {
      double value = random.nextInt(3) == 0 ? odd[random.nextInt(odd.length)] : random.nextGaussian();
      Score score = detector.next(random.nextInt(50) == 0 ? random.nextLong() : i * STEP_MS, value);
      assertTrue(score.anomaly() >= 0 && score.anomaly() <= 1 && !Double.isNaN(score.expected()), score::toString);
    }
  }

  @Test
  void findsMostAnomaliesOfManyKindsWithFewFalseAlarms() {
    List<LabelledSeries> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Random random = new Random(77 + i);
      all.addAll(List.of(DemandFamilies.clicks(random, i), DemandFamilies.occupancy(random, i), DemandFamilies.speed(random, i),
          ServerFamilies.idle(random, i), ArtificialFamilies.wave(random, i), ArtificialFamilies.nothing(random, i)));
    }
    Judge.Verdict verdict = Judge.verdict(Evaluation.score(all, series -> Evaluation.scores(new SeriesDetector(), series)), USUAL.threshold());
    assertTrue(verdict.score() > 60, verdict::toString);
  }

  private static double wave(int row) {
    return 100 + 10 * Math.sin(2 * Math.PI * row / 288);
  }
}
