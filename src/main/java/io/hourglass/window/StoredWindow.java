package io.hourglass.window;

import java.util.Map;

/**
 * A window of a key with what its results do not tell: what adds up to longer times.
 *
 * @param sketches bytes of quantiles, distinct and frequent values, {@code bytes.quantiles}, {@code paths.distinct}; those that are empty
 *     are left out
 */
public record StoredWindow(WindowResult window, Map<String, byte[]> sketches) {
  static final String QUANTILES = ".quantiles";
  static final String DISTINCT = ".distinct";
  static final String TOP = ".top";

  /** Which sketch tells an aggregate: empty when none does. */
  static String sketch(Aggregate aggregate) {
    return switch (aggregate) {
      case P50, P95, P99 -> QUANTILES;
      case DISTINCT -> DISTINCT;
      case TOP -> TOP;
      default -> "";
    };
  }
}
