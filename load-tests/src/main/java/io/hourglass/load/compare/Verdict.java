package io.hourglass.load.compare;

import java.util.ArrayList;
import java.util.List;

/** The results of a run beside what they must be. */
final class Verdict {
  private static final int FAULTS_KEPT = 10;

  private final Oracle oracle;
  private final List<String> faults = new ArrayList<>();
  private int keys;
  private int windows;

  Verdict(Oracle oracle) {
    this.oracle = oracle;
  }

  /** Compares all windows of a key. @param hours by window, null where nothing was told */
  void key(int key, Hour[] hours) {
    keys++;
    for (var window = 0; window < oracle.windows(); window++) {
      var must = oracle.expected(key, window);
      var is = hours[window];
      windows += must == null ? 0 : 1;
      if (is == null ? must != null : must == null || !is.matches(must)) {
        fault(Workload.key(key) + ", window " + window + ": " + is + " (expected: " + must + ")");
      }
    }
  }

  void fault(String what) {
    if (faults.size() < FAULTS_KEPT) {
      faults.add(what);
    }
  }

  boolean exact() {
    return faults.isEmpty() && keys > 0;
  }

  List<String> faults() {
    return faults;
  }

  @Override
  public String toString() {
    return (exact() ? "exact" : "WRONG") + ": %,d windows of %,d keys".formatted(windows, keys);
  }
}
