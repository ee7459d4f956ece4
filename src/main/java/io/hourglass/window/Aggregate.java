package io.hourglass.window;

import java.util.Locale;

/** What can be asked of a measure. A pipeline names those it wants; the others cost nothing. */
public enum Aggregate {
  SUM, MIN, MAX, MEAN, STDDEV, FIRST, LAST, P50, P95, P99, DISTINCT, TOP;

  /** The name in configuration, rules and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For P50, P95, P99: the quantile in [0, 1]; NaN for the others. */
  public double quantile() {
    return switch (this) {
      case P50 -> 0.50;
      case P95 -> 0.95;
      case P99 -> 0.99;
      default -> Double.NaN;
    };
  }

  /** Whether it takes the field as text; all others take it as a number. */
  public boolean ofText() {
    return this == DISTINCT || this == TOP;
  }

  /** Whether it is told as a number, which rules can compare and keys can be ranked by. */
  public boolean isNumber() {
    return this != TOP;
  }
}
