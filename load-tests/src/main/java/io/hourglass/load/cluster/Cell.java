package io.hourglass.load.cluster;

/** What one window of one key must come to. Events are told in the order of their offsets. */
final class Cell {
  long count;
  long sum;
  int min = Integer.MAX_VALUE;
  int max;
  int first;
  int last;
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;

  void add(long timestampMs, int value) {
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (timestampMs < firstMs) {
      firstMs = timestampMs;
      first = value;
    }
    if (timestampMs >= lastMs) {
      lastMs = timestampMs;
      last = value;
    }
  }
}
