package io.hourglass.load.compare;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws keys with given weights in constant time: the alias method (Walker 1977, in the form of Vose 1991).
 *
 * <p>Every key has a column of the same height; what a frequent key has too much fills up the columns of rare ones.
 */
final class Draw {
  private final double[] own;
  private final int[] alias;

  private Draw(double[] weights) {
    own = new double[weights.length];
    alias = new int[weights.length];
    fill(weights);
  }

  static Draw uniform(int keys) {
    var weights = new double[keys];
    Arrays.fill(weights, 1);
    return new Draw(weights);
  }

  /** The n-th key, counted from 1, has the weight 1 / n. */
  static Draw zipf(int keys) {
    var weights = new double[keys];
    for (var i = 0; i < keys; i++) {
      weights[i] = 1.0 / (i + 1);
    }
    return new Draw(weights);
  }

  private void fill(double[] weights) {
    var total = Arrays.stream(weights).sum();
    var low = new ArrayDeque<Integer>();
    var high = new ArrayDeque<Integer>();
    for (var i = 0; i < weights.length; i++) {
      own[i] = weights[i] * weights.length / total;
      (own[i] < 1 ? low : high).add(i);
    }
    while (!low.isEmpty() && !high.isEmpty()) {
      var lowest = low.remove();
      var giver = high.remove();
      alias[lowest] = giver;
      own[giver] -= 1 - own[lowest];
      (own[giver] < 1 ? low : high).add(giver);
    }
    low.forEach(column -> own[column] = 1);
    high.forEach(column -> own[column] = 1);
  }

  /** A key, from 0 on. */
  int key(SplittableRandom random) {
    var column = random.nextInt(own.length);
    return random.nextDouble() < own[column] ? column : alias[column];
  }
}
