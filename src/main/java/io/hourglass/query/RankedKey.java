package io.hourglass.query;

import java.util.Comparator;

/**
 * A key in its place.
 *
 * @param value what it is ranked by
 * @param count events of its window
 * @param closed whether its window is closed
 */
public record RankedKey(String key, double value, long count, boolean closed) {

  /** The first place first; of equals, by the order of their keys. */
  public static Comparator<RankedKey> order(boolean descending) {
    Comparator<RankedKey> byValue = Comparator.comparingDouble(RankedKey::value);
    return (descending ? byValue.reversed() : byValue).thenComparing(RankedKey::key);
  }
}
