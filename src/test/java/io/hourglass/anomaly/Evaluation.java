package io.hourglass.anomaly;

import io.hourglass.anomaly.Judge.Scored;
import io.hourglass.anomaly.Judge.Verdict;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Judges the detector, and what it has to be better than, on series of our own: {@code mvn -q -Pscores}. Prints, for the
 * families that constants were chosen on and for those held out, the score at the best common threshold, what is found
 * and what is false; and the state's bytes and the time a value takes.
 */
public final class Evaluation {
  private static final int EACH = 4;
  private static final long SEED = 9;

  private Evaluation() {}

  static List<Scored> score(List<LabelledSeries> all, Function<LabelledSeries, double[]> detector) {
    return all.stream().map(series -> new Scored(series, detector.apply(series))).toList();
  }

  static double[] scores(Detector detector, LabelledSeries series) {
    double[] scores = new double[series.rows()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = detector.next(series.times()[i], series.values()[i]).anomaly();
    }
    return scores;
  }

  public static void main(String[] arguments) {
    judge("families that constants were chosen on", Families.draw(Families.LEARNT_ON, EACH, SEED));
    judge("families held out", Families.draw(Families.HELD_OUT, EACH, SEED));
  }

  private static void judge(String title, List<LabelledSeries> all) {
    System.out.printf("%n%s%n", title);
    print("windowed Gaussian", Judge.best(score(all, Baselines::windowedGaussian)));
    print("random cut forest alone", Judge.best(score(all, Baselines::forest)));
    long start = cpuNanos();
    int[] bytes = new int[1];
    List<Scored> ours = score(all, series -> ours(series, bytes));
    long rows = all.stream().mapToLong(LabelledSeries::rows).sum();
    double micros = (cpuNanos() - start) / 1e3 / rows;
    Verdict verdict = Judge.best(ours);
    print("Hourglass", verdict);
    byFamily(ours).forEach((name, some) -> print("  " + name, Judge.verdict(some, verdict.threshold())));
    for (double sensitivity : new double[] {0.3, 0.4, 0.5, 0.6, 0.7}) {
      print("sensitivity " + sensitivity, Judge.verdict(ours, new Sensitivity(sensitivity).threshold()));
    }
    System.out.printf(Locale.ROOT, "%,d values, %.0f CPU-µs each; state at most %,d bytes%n", rows, micros, bytes[0]);
  }

  private static double[] ours(LabelledSeries series, int[] mostBytes) {
    SeriesDetector detector = new SeriesDetector();
    double[] scores = scores(detector, series);
    mostBytes[0] = Math.max(mostBytes[0], detector.state().length);
    return scores;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Map<String, List<Scored>> byFamily(List<Scored> all) {
    Map<String, List<Scored>> families = new LinkedHashMap<>();
    all.forEach(each -> families.computeIfAbsent(each.series().family(), name -> new ArrayList<>()).add(each));
    return families;
  }

  private static void print(String name, Verdict verdict) {
    System.out.printf(Locale.ROOT, "%-26s score %6.1f at %.3f, found %3d of %3d, false alarms %4d%n",
        name, verdict.score(), verdict.threshold(), verdict.found(), verdict.anomalies(), verdict.falseAlarms());
  }
}
