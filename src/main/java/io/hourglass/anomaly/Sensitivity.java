package io.hourglass.anomaly;

/**
 * From which score on something is an anomaly, as a user says it: the higher, the more is found, and the more false
 * alarms there are. At 0.5 what is found is about worth its false alarms, if a miss is as bad as nine of them.
 *
 * @param value in [0, 1]
 */
public record Sensitivity(double value) {
  private static final double LEAST = 0.75;
  private static final double RANGE = 0.5;

  public Sensitivity {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("sensitivity: " + value + " (expected: 0 to 1)");
    }
  }

  /** The least score that is an anomaly: from 0.75 for 0 to 0.25 for 1, in a straight line. */
  public double threshold() {
    return LEAST - RANGE * value;
  }

  public boolean isAnomaly(Score score) {
    return score.anomaly() >= threshold();
  }

  /** How far a score is over the threshold: 0 at or below it, 1 at the highest there is. */
  public double grade(Score score) {
    return Math.max(0, (score.anomaly() - threshold()) / (1 - threshold()));
  }
}
