package io.hourglass.anomaly;

import java.util.Random;

/** What people ask for: rides, pages, road space, posts, advertisements. Days and weeks show in all of it. */
final class DemandFamilies {
  private DemandFamilies() {}

  /** Rides by the half-hour for seven months: strong days and weeks; a holiday, a storm or a great evening stands out. */
  static LabelledSeries rides(Random random, int number) {
    int rows = 10_320;
    Draft draft = new Draft(random, rows, 30);
    double[] noise = draft.wander(0.9, 0.02);
    for (int i = 0; i < rows; i++) {
      double time = draft.timeOfDay(i);
      double shape = 1 - 0.65 * bump(time, draft.weekend(i) ? 0.25 : 0.18, 0.1) + 0.35 * bump(time, 0.8, 0.08)
          + (draft.weekend(i) ? 0.35 * bump(time, 0.02, 0.08) + 0.35 * bump(time, 0.98, 0.08) : 0.2 * bump(time, 0.36, 0.05));
      draft.values[i] = Math.max(50, 15_000 * shape * (1 + noise[i]) * (1 + 0.1 * Math.sin(i / 1_800.0)));
    }
    for (int left = 2 + random.nextInt(3); left > 0; left--) {
      int day = draft.nextAt(draft.place(), 0);
      switch (random.nextInt(3)) {
        case 0 -> {
          draft.mark(Math.min(rows - 1, day + 20));
          draft.change(day + 10, 34, value -> value * draft.uniform(0.5, 0.56));
        }
        case 1 -> {
          draft.mark(day + 14);
          draft.change(day + 12, 40 + random.nextInt(30), value -> value * 0.2);
        }
        default -> {
          draft.mark(day + 4);
          draft.change(day + 2, 8, value -> value * 1.9 + 3_000);
        }
      }
    }
    draft.round(1);
    draft.disturb();
    return draft.done("rides", number);
  }

  /** Requests counted every five minutes, rows missing here and there; an outage or a crowd. */
  static LabelledSeries requests(Random random, int number) {
    int rows = 4_032;
    Draft draft = new Draft(random, rows, 5);
    double mean = draft.uniform(8, 400);
    double swing = draft.uniform(0.2, 0.7);
    for (int i = 0; i < rows; i++) {
      double rate = mean * (1 + swing * Math.sin(2 * Math.PI * (draft.timeOfDay(i) - 0.3))) * (draft.weekend(i) ? 0.7 : 1);
      draft.values[i] = draft.count(rate, 8);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      switch (random.nextInt(3)) {
        case 0 -> draft.change(at, draft.rowsOf(draft.uniform(0.5, 3)), value -> Math.floor(value * 0.02));
        case 1 -> draft.change(at, draft.rowsOf(draft.uniform(0.3, 3)), value -> Math.round(value * 2 + mean * draft.uniform(1, 3)));
        default -> draft.change(at, 1 + random.nextInt(2), value -> Math.round(mean * draft.uniform(5, 12)));
      }
    }
    draft.thin(0.02, 0);
    draft.disturb();
    return draft.done("requests", number);
  }

  /** Posts that mention a name, every five minutes: heavy-tailed, by day more than by night; news makes a wave. */
  static LabelledSeries posts(Random random, int number) {
    int rows = 15_800;
    Draft draft = new Draft(random, rows, 5);
    double mean = draft.uniform(4, 60);
    double wave = 0;
    for (int i = 0; i < rows; i++) {
      wave = wave * 0.85 + (random.nextDouble() < 0.004 ? 0.7 * draft.pareto(2.2) : 0);
      double rate = mean * (1 + 0.6 * Math.sin(2 * Math.PI * (draft.timeOfDay(i) - 0.4))) * (draft.weekend(i) ? 0.75 : 1);
      draft.values[i] = draft.count(rate * (1 + wave), 4) + (random.nextDouble() < 0.0008 ? mean * 1.5 * draft.pareto(1.5) : 0);
    }
    for (int left = 2 + random.nextInt(3); left > 0; left--) {
      int at = draft.place();
      draft.mark(at + 2);
      double height = mean * draft.uniform(2, 15);
      double fade = draft.uniform(8, 50);
      for (int i = at; i < Math.min(rows, at + 400); i++) {
        draft.values[i] += Math.round(height * Math.exp((at - i) / fade) * draft.uniform(0.6, 1.4));
      }
    }
    draft.round(1);
    draft.disturb();
    return draft.done("posts", number);
  }

  /** Speed on a road, every five to fifteen minutes, gaps at night; a jam at an hour without one. */
  static LabelledSeries speed(Random random, int number) {
    int rows = 1_200 + random.nextInt(1_300);
    Draft draft = new Draft(random, rows, 10);
    double free = draft.uniform(60, 80);
    for (int i = 0; i < rows; i++) {
      double rush = draft.weekend(i) ? 0 : bump(draft.timeOfDay(i), 0.35, 0.04) + bump(draft.timeOfDay(i), 0.73, 0.05);
      draft.values[i] = free - rush * draft.uniform(5, 25) + 3.5 * random.nextGaussian() - (random.nextDouble() < 0.01 ? draft.uniform(5, 20) : 0);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      double slow = draft.uniform(0.25, 0.5);
      draft.change(at, draft.rowsOf(draft.uniform(0.5, 4)), value -> value * slow);
    }
    draft.round(1);
    draft.thin(0.1, 0.6);
    draft.disturb();
    return draft.done("speed", number);
  }

  /** How full a road is, in per cent, or how long a trip takes: skewed, with rush hours; an incident is longer or higher. */
  static LabelledSeries occupancy(Random random, int number) {
    int rows = 1_500 + random.nextInt(1_000);
    Draft draft = new Draft(random, rows, 10);
    for (int i = 0; i < rows; i++) {
      double time = draft.timeOfDay(i);
      double rush = draft.weekend(i) ? 0.4 * bump(time, 0.6, 0.15) : bump(time, 0.34, 0.05) + 0.8 * bump(time, 0.72, 0.06) + 0.4 * bump(time, 0.5, 0.2);
      draft.values[i] = (2 + 12 * rush) * draft.logNormal(0.3) + (random.nextDouble() < 0.008 ? 5 * draft.pareto(3) : 0);
    }
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      double more = draft.uniform(25, 50);
      draft.change(at, 2 + random.nextInt(12), value -> value + more * draft.uniform(0.7, 1.3));
    }
    draft.round(0.01);
    draft.thin(0.1, 0.6);
    draft.disturb();
    return draft.done("occupancy", number);
  }

  /** What a click costs, by the hour: noisy, a slight day's rhythm; anomalies are spikes and other price levels. */
  static LabelledSeries clicks(Random random, int number) {
    int rows = 1_540 + random.nextInt(110);
    Draft draft = new Draft(random, rows, 60);
    double price = draft.uniform(0.1, 1.2);
    double[] drift = draft.wander(0.97, 0.04);
    double spread = draft.uniform(0.12, 0.35);
    for (int i = 0; i < rows; i++) {
      draft.values[i] = price * Math.exp(drift[i] + 0.2 * Math.sin(2 * Math.PI * draft.timeOfDay(i))) * draft.logNormal(spread);
    }
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = draft.place();
      draft.mark(at);
      double times = draft.uniform(4, 9);
      draft.change(at, random.nextInt(3) == 0 ? draft.rowsOf(draft.uniform(10, 40)) : 1 + random.nextInt(3),
          value -> random.nextInt(3) == 0 ? value : value * times * draft.uniform(0.6, 1.2));
    }
    draft.disturb();
    return draft.done("clicks", number);
  }

  /** 1 at {@code middle}, falling off over {@code width} to both sides. */
  private static double bump(double time, double middle, double width) {
    double away = Math.min(Math.abs(time - middle), 1 - Math.abs(time - middle)) / width;
    return Math.exp(-away * away);
  }
}
