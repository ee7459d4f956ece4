package io.hourglass.window;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Quantiles with a relative error of 1 %: DDSketch (Masson, Rim, Lee, "DDSketch: a fast and
 * fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019).
 *
 * <p>A value x falls into the bin ⌈log_γ |x|⌉ with γ = (1 + α) / (1 − α); the bin's middle is within α
 * of every value in it. Bins of negative values count downward, zero has a bin of its own. Bins are kept
 * sparse and sorted by value, nothing is collapsed, so merging is exact: any cut of a stream into
 * parts gives the same sketch. A quantile is by nearest rank: the least value with at least q of
 * the values at or below it.
 */
public final class QuantileSketch {
  private static final double ACCURACY = 0.01;
  private static final double GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
  private static final double LOG_GAMMA = Math.log(GAMMA);
  /** Moves every bin of a positive double above zero, so that a negated one is below it. */
  private static final int SHIFT = 40_000;

  private int[] bins = new int[4];
  private long[] counts = new long[4];
  private int size;
  private long total;

  public void add(double value) {
    add(bin(value), 1);
  }

  public void merge(QuantileSketch other) {
    for (int i = 0; i < other.size; i++) {
      add(other.bins[i], other.counts[i]);
    }
  }

  public QuantileSketch copy() {
    QuantileSketch copy = new QuantileSketch();
    copy.bins = Arrays.copyOf(bins, Math.max(4, size));
    copy.counts = Arrays.copyOf(counts, Math.max(4, size));
    copy.size = size;
    copy.total = total;
    return copy;
  }

  /** The value at quantile {@code q} in [0, 1], within 1 %; NaN when nothing was seen. */
  public double quantile(double q) {
    long rank = Math.max(1, (long) Math.ceil(q * total));
    long below = 0;
    for (int i = 0; i < size; i++) {
      below += counts[i];
      if (below >= rank) {
        return middle(bins[i]);
      }
    }
    return Double.NaN;
  }

  public long total() {
    return total;
  }

  /** Rough size in memory, in bytes. */
  int weight() {
    return 80 + 12 * bins.length;
  }

  private void add(int bin, long count) {
    total += count;
    int at = Arrays.binarySearch(bins, 0, size, bin);
    if (at >= 0) {
      counts[at] += count;
    } else {
      insert(-at - 1, bin, count);
    }
  }

  private void insert(int at, int bin, long count) {
    if (size == bins.length) {
      bins = Arrays.copyOf(bins, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(bins, at, bins, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bins[at] = bin;
    counts[at] = count;
    size++;
  }

  private static int bin(double value) {
    if (value == 0) {
      return 0;
    }
    int power = SHIFT + (int) Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA);
    return value > 0 ? power : -power;
  }

  private static double middle(int bin) {
    if (bin == 0) {
      return 0;
    }
    double edge = Math.exp((Math.abs(bin) - SHIFT - 1) * LOG_GAMMA);
    double magnitude = Math.min(edge * (2 * GAMMA / (GAMMA + 1)), Double.MAX_VALUE);
    return bin > 0 ? magnitude : -magnitude;
  }

  /** Bins ascending, each as (distance to the bin before, count), in variable-length integers. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(5 + size * 15);
    Varint.write(out, size);
    int before = 0;
    for (int i = 0; i < size; i++) {
      Varint.write(out, Varint.zigzag(bins[i] - (long) before));
      Varint.write(out, counts[i]);
      before = bins[i];
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  public static QuantileSketch decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    QuantileSketch sketch = new QuantileSketch();
    int bin = 0;
    for (long left = Varint.read(in); left > 0; left--) {
      bin += (int) Varint.unzigzag(Varint.read(in));
      sketch.add(bin, Varint.read(in));
    }
    return sketch;
  }
}
