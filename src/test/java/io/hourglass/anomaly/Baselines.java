package io.hourglass.anomaly;

import com.amazon.randomcutforest.RandomCutForest;

/** What a detector has to be better than. */
final class Baselines {
  private static final int WINDOW = 6_400;

  private Baselines() {}

  /** How many standard deviations a value is off the mean of the last 6,400. */
  static double[] windowedGaussian(LabelledSeries series) {
    double[] scores = new double[series.rows()];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      double value = series.values()[i];
      int rows = Math.min(i, WINDOW);
      double mean = sum / Math.max(1, rows);
      double deviation = Math.sqrt(Math.max(1e-12, squares / Math.max(1, rows) - mean * mean));
      scores[i] = rows < 10 ? 0 : within1(Math.abs(value - mean) / deviation);
      double gone = i < WINDOW ? 0 : series.values()[i - WINDOW];
      sum += value - gone;
      squares += value * value - gone * gone;
    }
    return scores;
  }

  /** AWS's random cut forest by itself, as it comes, over the last eight values. */
  static double[] forest(LabelledSeries series) {
    RandomCutForest forest = RandomCutForest.builder().dimensions(8).shingleSize(8).internalShinglingEnabled(true).randomSeed(7).build();
    double[] scores = new double[series.rows()];
    for (int i = 0; i < scores.length; i++) {
      float[] value = {(float) series.values()[i]};
      scores[i] = within1(forest.getAnomalyScore(value));
      forest.update(value);
    }
    return scores;
  }

  private static double within1(double score) {
    return score / (score + 1);
  }
}
