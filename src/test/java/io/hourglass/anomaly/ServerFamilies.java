package io.hourglass.anomaly;

import java.util.Random;

/** What servers report of themselves: load, traffic, latency, temperature. Five minutes a row, two weeks. */
final class ServerFamilies {
  private static final int ROWS = 4_032;

  private ServerFamilies() {}

  /** A web server's CPU: a day's rhythm, noise that remembers. */
  static LabelledSeries webCpu(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double level = draft.uniform(20, 50);
    double swing = draft.uniform(0.1, 0.5) * level;
    double[] noise = draft.wander(0.7, draft.uniform(0.02, 0.08) * level);
    for (int i = 0; i < ROWS; i++) {
      draft.values[i] = level + swing * Math.sin(2 * Math.PI * draft.timeOfDay(i)) + noise[i]
          + (random.nextDouble() < 0.003 ? level * 0.3 * draft.pareto(3) : 0);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      switch (random.nextInt(4)) {
        case 0 -> draft.change(at, ROWS, value -> value + swing + 0.5 * level);
        case 1 -> draft.change(at, draft.rowsOf(draft.uniform(0.3, 3)), value -> Math.min(100, value + level * 1.2));
        case 2 -> draft.change(at, draft.rowsOf(draft.uniform(0.5, 4)), value -> value * 0.15);
        default -> {
          double stuck = draft.values[at];
          draft.change(at, draft.rowsOf(6), value -> stuck);
        }
      }
    }
    draft.all(value -> Math.max(0, Math.min(100, value)));
    draft.round(0.01);
    draft.disturb();
    return draft.done("web-cpu", number);
  }

  /** An idle server: next to nothing, in coarse steps, but for small jobs at set hours. */
  static LabelledSeries idle(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double unit = draft.uniform(0.02, 0.1);
    int period = draft.rowsOf(random.nextBoolean() ? 1 : 24);
    double job = draft.uniform(5, 40) * unit;
    for (int i = 0; i < ROWS; i++) {
      draft.values[i] = unit * (1 + random.nextInt(3)) + (i % period == 7 ? job * draft.uniform(0.8, 1.2) : 0)
          + (random.nextDouble() < 0.002 ? job * 0.6 : 0);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      switch (random.nextInt(3)) {
        case 0 -> draft.change(at, 1 + random.nextInt(3), value -> job * draft.uniform(1.8, 5));
        case 1 -> draft.change(at, draft.rowsOf(draft.uniform(0.5, 5)), value -> value + job * draft.uniform(0.5, 1.2));
        default -> draft.change(at, ROWS, value -> value + unit * 4);
      }
    }
    draft.round(unit / 4);
    draft.disturb();
    return draft.done("idle", number);
  }

  /** Bytes in: a low floor with heavy-tailed bursts that are usual here. */
  static LabelledSeries networkIn(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double floor = draft.uniform(5e3, 5e5);
    double often = draft.uniform(0.01, 0.06);
    for (int i = 0; i < ROWS; i++) {
      draft.values[i] = floor * draft.logNormal(0.15) + (random.nextDouble() < often ? floor * 3 * draft.pareto(2.5) : 0);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      switch (random.nextInt(3)) {
        case 0 -> draft.change(at, 1 + random.nextInt(4), value -> floor * draft.uniform(40, 120));
        case 1 -> draft.change(at, draft.rowsOf(draft.uniform(1, 6)), value -> value + floor * draft.uniform(4, 9));
        default -> draft.change(at, draft.rowsOf(8), value -> random.nextDouble() < 0.5 ? floor * 5 * draft.pareto(2) : value);
      }
    }
    draft.disturb();
    return draft.done("network-in", number);
  }

  /** Disk writes: mostly none, short bursts. */
  static LabelledSeries diskWrites(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double size = draft.uniform(1e5, 1e7);
    for (int i = 0; i < ROWS; i++) {
      draft.values[i] = random.nextDouble() < 0.08 ? size * draft.logNormal(0.6) : 0;
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      if (random.nextBoolean()) {
        draft.change(at, draft.rowsOf(draft.uniform(1, 5)), value -> size * draft.logNormal(0.5));
      } else {
        draft.change(at, 1 + random.nextInt(2), value -> size * draft.uniform(12, 40));
      }
    }
    draft.disturb();
    return draft.done("disk-writes", number);
  }

  /** Answer times in milliseconds: skewed, with an occasional slow one. */
  static LabelledSeries latency(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double usual = draft.uniform(20, 60);
    double[] drift = draft.wander(0.995, 0.004);
    for (int i = 0; i < ROWS; i++) {
      draft.values[i] = usual * Math.exp(drift[i]) * draft.logNormal(0.06) + (random.nextDouble() < 0.01 ? usual * 0.4 * draft.pareto(2.2) : 0);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      switch (random.nextInt(3)) {
        case 0 -> draft.change(at, ROWS, value -> value * 1.35);
        case 1 -> draft.change(at, draft.rowsOf(draft.uniform(1, 5)), value -> random.nextDouble() < 0.5 ? value * draft.uniform(1.5, 4) : value);
        default -> draft.change(at, 1, value -> usual * draft.uniform(8, 20));
      }
    }
    draft.disturb();
    return draft.done("latency", number);
  }

  /** Memory in use: grows slowly, falls back at each restart; growing is no anomaly, growing fast is. */
  static LabelledSeries memory(Random random, int number) {
    Draft draft = new Draft(random, ROWS, 5);
    double slope = draft.uniform(0.02, 0.06);
    double[] noise = draft.wander(0.5, 0.15);
    int at = draft.place();
    double used = 30;
    for (int i = 0; i < ROWS; i++) {
      boolean leaks = i >= at && i < at + draft.rowsOf(12);
      used = used > 60 && !leaks ? 30 : used + slope * (leaks ? 9 : 1);
      draft.values[i] = Math.min(99, used) + noise[i];
    }
    draft.mark(at + 1);
    draft.disturb();
    return draft.done("memory", number);
  }

  /** A machine's temperature: slow, with a decline before it fails. An hour or five minutes a row. */
  static LabelledSeries temperature(Random random, int number) {
    boolean hourly = random.nextBoolean();
    int rows = hourly ? 7_200 : 12_000;
    Draft draft = new Draft(random, rows, hourly ? 60 : 5);
    double[] slow = draft.wander(0.998, hourly ? 0.25 : 0.3);
    double[] quick = draft.wander(0.8, 0.4);
    double swing = hourly ? draft.uniform(0.5, 3) : 0;
    for (int i = 0; i < rows; i++) {
      draft.values[i] = 75 + slow[i] + quick[i] + swing * Math.sin(2 * Math.PI * draft.timeOfDay(i));
    }
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      int length = draft.rowsOf(hourly ? draft.uniform(10, 60) : draft.uniform(4, 30));
      double depth = draft.uniform(4, 30);
      for (int i = at; i < Math.min(rows, at + length); i++) {
        draft.values[i] -= depth * Math.min(1, (i - at) / (0.4 * length));
      }
    }
    draft.disturb();
    return draft.done("temperature", number);
  }
}
