package io.hourglass.anomaly;

import java.util.Random;

/** Drawn with ruler and compass: a day's pattern that breaks once, noises in which nothing happens. */
final class ArtificialFamilies {
  private static final int ROWS = 4_032;

  private ArtificialFamilies() {}

  /** A day's jump from low to high and back, once missing, doubled, flattened, raised, or of another height. */
  static LabelledSeries dayJump(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double from = draft.uniform(0.3, 0.45);
    double to = from + draft.uniform(0.2, 0.4);
    double low = draft.uniform(10, 40);
    double high = low + draft.uniform(20, 60);
    double noise = random.nextInt(4) == 0 ? 0 : draft.uniform(0.01, 0.15) * (high - low);
    for (int i = 0; i < ROWS; i++) {
      double time = draft.timeOfDay(i);
      draft.values[i] = time >= from && time < to ? high : low;
    }
    int day = draft.nextAt(Math.max(1_800, Math.min(3_400, draft.place())), 0);
    int start = draft.nextAt(day, from);
    int length = draft.rowsOf(24 * (to - from));
    double other = draft.uniform(0.3, 0.7);
    switch (random.nextInt(5)) {
      case 0 -> draft.change(start, length, value -> low);
      case 1 -> draft.change(start = draft.nextAt(day, 0.08), length / 2, value -> high);
      case 2 -> draft.change(start, length, value -> low + (high - low) * other);
      case 3 -> draft.change(start, length, value -> low + (high - low) * (1 + other));
      default -> draft.change(start = draft.nextAt(day, 0.05), draft.rowsOf(20), value -> (low + high) / 2);
    }
    draft.mark(start);
    draft.all(value -> value + noise * random.nextDouble());
    return draft.done("day-jump", number);
  }

  /** A wave, clean or noisy, whose amplitude, phase or frequency changes for a while. */
  static LabelledSeries wave(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double noise = draft.uniform(0, 0.15);
    double period = draft.rowsOf(random.nextBoolean() ? 24 : draft.uniform(2, 9));
    int at = draft.place();
    int kind = random.nextInt(4);
    int length = (int) Math.max(2 * period / 2, draft.rowsOf(10));
    for (int i = 0; i < ROWS; i++) {
      boolean odd = i >= at && i < at + length;
      double angle = 2 * Math.PI * i / period * (odd && kind == 1 ? 2.3 : 1);
      double size = odd && kind == 0 ? 2 : odd && kind == 2 ? 0.2 : 1;
      draft.values[i] = 50 + 20 * size * Math.sin(angle) + 20 * noise * random.nextGaussian() + (odd && kind == 3 ? 25 : 0);
    }
    draft.mark(at);
    return draft.done("wave", number);
  }

  /** Spikes at odd times that are usual here, until they come far more often. */
  static LabelledSeries spikeDensity(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double often = draft.uniform(0.01, 0.03);
    int at = draft.place();
    for (int i = 0; i < ROWS; i++) {
      double chance = i >= at && i < at + draft.rowsOf(14) ? Math.min(0.5, often * 12) : often;
      draft.values[i] = 20 + random.nextDouble() + (random.nextDouble() < chance ? draft.uniform(15, 20) : 0);
    }
    draft.mark(at);
    return draft.done("spike-density", number);
  }

  /** Nothing happens: noise, a constant, a square or sine wave, a walk, with or without noise. */
  static LabelledSeries nothing(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    int kind = number % 6;
    double noise = kind == 0 ? 1 : random.nextInt(3) == 0 ? 0 : draft.uniform(0.01, 0.2);
    double[] walk = draft.wander(0.999, 0.1);
    for (int i = 0; i < ROWS; i++) {
      double time = draft.timeOfDay(i);
      double shape = switch (kind) {
        case 1 -> Math.sin(2 * Math.PI * time);
        case 2 -> time > 0.4 && time < 0.7 ? 1 : 0;
        case 3 -> walk[i];
        case 4 -> i % 60 == 0 ? 3 : 0;
        default -> 0;
      };
      draft.values[i] = 40 + 20 * shape + 20 * noise * (random.nextDouble() - 0.5);
    }
    return draft.done("nothing", number);
  }

  /** How a user types: one user's manner gives way to another's; means and spreads differ. */
  static LabelledSeries manners(Random random, int number) {
    int rows = 1_900 + random.nextInt(3_500);
    Draft draft = new Draft(random, rows, 60);
    double spread = draft.uniform(0.1, 0.3);
    for (int i = 0; i < rows; i++) {
      draft.values[i] = 0.05 + 0.02 * draft.logNormal(spread) * (random.nextDouble() < 0.02 ? draft.uniform(1.5, 3) : 1);
    }
    int at = draft.place();
    draft.mark(at);
    double times = random.nextBoolean() ? 1 + 2.2 * spread : 1;
    double wider = times == 1 ? 3 : 1;
    draft.change(at, (int) draft.uniform(0.1 * rows, rows), value -> (0.07 + (value - 0.07) * wider) * times);
    return draft.done("manners", number);
  }
}
