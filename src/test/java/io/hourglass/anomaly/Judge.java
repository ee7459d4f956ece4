package io.hourglass.anomaly;

import io.hourglass.anomaly.LabelledSeries.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges scores as Lavin and Ahmad do ("Evaluating real-time anomaly detection algorithms", ICMLA 2015), standard
 * profile: an anomaly's earliest detection earns more the earlier it stands in the anomaly's window, a missed one
 * costs 1, a detection outside of the windows costs 0.11, less when it comes just behind one. All series share one
 * threshold, the best. 0 is what silence earns, 100 what detecting everything at once and nothing else does.
 */
final class Judge {
  private static final double FALSE_ALARM = 0.11;

  /** A series and what a detector made of it. */
  record Scored(LabelledSeries series, double[] scores) {}

  /** @param found anomalies detected, of {@code anomalies}; {@code falseAlarms} detections outside of the windows */
  record Verdict(double score, double threshold, int found, int anomalies, int falseAlarms) {}

  private record Row(double score, int window, double worth) {}

  private Judge() {}

  static Verdict best(List<Scored> all) {
    return verdict(all, Double.NaN);
  }

  /** The verdict at {@code threshold}, or, when that is NaN, at the best one. */
  static Verdict verdict(List<Scored> all, double threshold) {
    List<Row> rows = new ArrayList<>();
    int anomalies = 0;
    for (Scored each : all) {
      anomalies = rowsOf(each, anomalies, rows);
    }
    rows.sort(Comparator.comparingDouble(Row::score).reversed());
    return sweep(rows, anomalies, threshold);
  }

  private static int rowsOf(Scored scored, int before, List<Row> rows) {
    List<Window> windows = scored.series().windows();
    for (int i = scored.series().probation(); i < scored.series().rows(); i++) {
      int within = -1;
      int behind = -1;
      for (int w = 0; w < windows.size(); w++) {
        within = i >= windows.get(w).from() && i < windows.get(w).to() ? w : within;
        behind = i >= windows.get(w).to() ? w : behind;
      }
      if (scored.scores()[i] > 0) {
        rows.add(within >= 0 ? inside(scored.scores()[i], before + within, windows.get(within), i)
            : new Row(scored.scores()[i], -1, behind < 0 ? -FALSE_ALARM : after(windows.get(behind), i)));
      }
    }
    return before + windows.size();
  }

  private static Row inside(double score, int number, Window window, int row) {
    double length = window.to() - window.from();
    return new Row(score, number, sigmoid(-(window.to() - row) / length) / sigmoid(-1));
  }

  private static double after(Window window, int row) {
    double length = Math.max(1, window.to() - window.from() - 1);
    return FALSE_ALARM * sigmoid((row - window.to() + 1) / length);
  }

  private static double sigmoid(double place) {
    return place > 3 ? -1 : 2 / (1 + Math.exp(5 * place)) - 1;
  }

  private static Verdict sweep(List<Row> rows, int anomalies, double threshold) {
    double[] earned = new double[anomalies];
    java.util.Arrays.fill(earned, -1);
    Verdict best = new Verdict(0, 1.1, 0, anomalies, 0);
    double total = -anomalies;
    int falseAlarms = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.score() < threshold) {
        break;
      }
      if (row.window() < 0) {
        total += row.worth();
        falseAlarms++;
      } else if (row.worth() > earned[row.window()]) {
        total += row.worth() - earned[row.window()];
        earned[row.window()] = row.worth();
      }
      boolean last = i + 1 == rows.size() || rows.get(i + 1).score() < row.score();
      double score = 100 * (total + anomalies) / (2.0 * Math.max(1, anomalies));
      boolean end = last && (i + 1 == rows.size() || rows.get(i + 1).score() < threshold);
      if (last && (Double.isNaN(threshold) ? score > best.score() : end)) {
        best = new Verdict(score, row.score(), found(earned), anomalies, falseAlarms);
      }
    }
    return best;
  }

  private static int found(double[] earned) {
    int found = 0;
    for (double each : earned) {
      found += each > -1 ? 1 : 0;
    }
    return found;
  }
}
