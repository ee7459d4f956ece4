package io.hourglass.benchmarks;

import io.hourglass.window.DistinctSketch;
import io.hourglass.window.QuantileSketch;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** A value into the sketches of quantiles and of distinct texts. */
public class Sketches extends Timed {
  private static final int VALUES = 4_096;

  private final double[] numbers = new double[VALUES];
  private final String[] texts = new String[VALUES];
  private final QuantileSketch quantiles = new QuantileSketch();
  private final DistinctSketch distinct = new DistinctSketch();
  private int next;

  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < VALUES; i++) {
      numbers[i] = Math.exp(random.nextGaussian() * 1.2);
      texts[i] = "user-" + random.nextInt(100_000);
    }
  }

  @Benchmark
  public QuantileSketch quantile() {
    quantiles.add(numbers[next = (next + 1) % VALUES]);
    return quantiles;
  }

  @Benchmark
  public DistinctSketch distinct() {
    distinct.add(texts[next = (next + 1) % VALUES]);
    return distinct;
  }
}
