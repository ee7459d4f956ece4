package io.hourglass.load.compare;

import java.math.BigInteger;
import java.util.Arrays;

/** What every key and window must have come to, from the same seed, in whole hundredths: nothing is rounded. */
final class Oracle {
  /** More keys than this are checked by sampling. */
  private static final int KEYS_CHECKED = 10_000;

  private final int windows;
  private final int step;
  private final int[] counts;
  private final long[] sums;
  private final long[] squares;
  private final int[] smallest;
  private final int[] largest;
  private final long[] lastMs;
  private final int[] last;
  private long counted;
  private long late;

  Oracle(Workload workload) {
    step = (workload.keys() + KEYS_CHECKED - 1) / KEYS_CHECKED;
    windows = workload.windows();
    var cells = ((workload.keys() + step - 1) / step) * windows;
    counts = new int[cells];
    sums = new long[cells];
    squares = new long[cells];
    smallest = new int[cells];
    largest = new int[cells];
    lastMs = new long[cells];
    last = new int[cells];
    Arrays.fill(smallest, Integer.MAX_VALUE);
    workload.forEach(this::add);
  }

  private void add(int key, long timestampMs, int hundredths, boolean isLate) {
    if (isLate) {
      late++;
      return;
    }
    counted++;
    if (key % step != 0) {
      return;
    }
    var cell = cell(key, Workload.window(timestampMs));
    counts[cell]++;
    sums[cell] += hundredths;
    squares[cell] += (long) hundredths * hundredths;
    smallest[cell] = Math.min(smallest[cell], hundredths);
    largest[cell] = Math.max(largest[cell], hundredths);
    if (timestampMs >= lastMs[cell]) {
      lastMs[cell] = timestampMs;
      last[cell] = hundredths;
    }
  }

  private int cell(int key, int window) {
    return key / step * windows + window;
  }

  /** Every so many-th key is checked, 1: every key. */
  int step() {
    return step;
  }

  /** How many keys are checked. */
  int keys() {
    return counts.length / windows;
  }

  int windows() {
    return windows;
  }

  /** Events of all keys that are not late. */
  long counted() {
    return counted;
  }

  long late() {
    return late;
  }

  /** Null where nothing is expected. @param key a multiple of {@link #step} */
  Hour expected(int key, int window) {
    if (window < 0 || window >= windows || counts[cell(key, window)] == 0) {
      return null;
    }
    var cell = cell(key, window);
    return new Hour(counts[cell], sums[cell] / 1e2, smallest[cell] / 1e2, largest[cell] / 1e2, stddev(cell), last[cell] / 1e2);
  }

  /** √(n Σx² − (Σx)²) / n, exact below the root. */
  private double stddev(int cell) {
    var n = BigInteger.valueOf(counts[cell]);
    var sum = BigInteger.valueOf(sums[cell]);
    var deviations = n.multiply(BigInteger.valueOf(squares[cell])).subtract(sum.multiply(sum));
    return Math.sqrt(deviations.doubleValue()) / counts[cell] / 1e2;
  }
}
