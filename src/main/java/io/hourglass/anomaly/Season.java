package io.hourglass.anomaly;

/**
 * What is usual at a time of the day and of the week, on the clock that the times are of: a level that follows slowly, a
 * deviation for each quarter of an hour of the day, and one more for each hour of the week. A pattern counts as far as it has
 * proved itself: by the share of the variance that it would have foretold.
 */
final class Season {
  private static final int DAY_SLOTS = 96;
  private static final int WEEK_SLOTS = 168;
  private static final long DAY_MS = 86_400_000;
  private static final long WEEK_MS = 7 * DAY_MS;
  /** Rows over which the level, and what a pattern is worth, are averaged. */
  private static final double LEVEL_ROWS = 300;
  private static final double SKILL_ROWS = 1_000;
  /** Visits over which a slot is averaged. */
  private static final double VISITS = 40;
  /** A slot's own spread counts half after so many visits. */
  private static final double SPREAD_VISITS = 8;
  private static final double LEAST_SPREAD = 0.4;
  /** Spreads beyond which a value is learnt as if it were no further; for patterns that are yet to be learnt, wider. */
  private static final double BOUND = 5;
  private static final double WIDE = 4;
  private static final double START = 30;

  private final float[] day = new float[DAY_SLOTS];
  private final float[] daySpread = new float[DAY_SLOTS];
  private final float[] dayVisits = new float[DAY_SLOTS];
  private final float[] week = new float[WEEK_SLOTS];
  private final float[] weekVisits = new float[WEEK_SLOTS];
  private double level;
  private double spread;
  private double plainError;
  private double dayError;
  private double weekError;
  private double rows;

  double usual(long timeMs) {
    return level + skill(dayError, plainError) * day[daySlot(timeMs)] + skill(weekError, dayError) * week[weekSlot(timeMs)];
  }

  private static double skill(double error, double without) {
    return without > 0 ? Math.max(0, 1 - error / without) : 0;
  }

  /** How far values usually are from the usual at this time; above 0. */
  double spread(long timeMs) {
    int slot = daySlot(timeMs);
    double known = dayVisits[slot] / (dayVisits[slot] + SPREAD_VISITS);
    double here = Math.max(LEAST_SPREAD * spread, spread + known * (daySpread[slot] - spread));
    return here > 0 ? here : 1;
  }

  /** How far a deviation may be and still be learnt whole. */
  double bound() {
    return rows < START ? Double.MAX_VALUE : BOUND * spread;
  }

  void learn(long timeMs, double value) {
    level = rows == 0 ? value : level;
    double miss = clamp(value - usual(timeMs), bound());
    double wide = WIDE * bound();
    rows++;
    learnPatterns(daySlot(timeMs), weekSlot(timeMs), value - level, wide);
    spread += (Math.abs(miss) - spread) / Math.min(rows, LEVEL_ROWS);
    level += miss / Math.min(rows, LEVEL_ROWS);
    daySpread[daySlot(timeMs)] += (float) ((Math.abs(miss) - daySpread[daySlot(timeMs)]) / dayVisits[daySlot(timeMs)]);
  }

  private void learnPatterns(int slot, int weekSlot, double off, double wide) {
    double afterDay = off - day[slot];
    double afterWeek = weekVisits[weekSlot] > 0 ? afterDay - week[weekSlot] : afterDay;
    if (dayVisits[slot] > 0) {
      plainError += error(off, plainError, wide);
      dayError += error(afterDay, dayError, wide);
      weekError += error(afterWeek, weekError, wide);
    }
    day[slot] += (float) (clamp(afterDay, wide) / visit(dayVisits, slot));
    week[weekSlot] += (float) (clamp(off - day[slot] - week[weekSlot], wide) / visit(weekVisits, weekSlot));
  }

  private double error(double miss, double mean, double wide) {
    double clamped = clamp(miss, wide);
    return (clamped * clamped - mean) / Math.min(rows, SKILL_ROWS);
  }

  private static double visit(float[] visits, int slot) {
    visits[slot] = (float) Math.min(VISITS, visits[slot] + 1);
    return visits[slot];
  }

  static double clamp(double value, double bound) {
    return Math.max(-bound, Math.min(bound, value));
  }

  private static int daySlot(long timeMs) {
    return (int) (Math.floorMod(timeMs, DAY_MS) * DAY_SLOTS / DAY_MS);
  }

  private static int weekSlot(long timeMs) {
    return (int) (Math.floorMod(timeMs, WEEK_MS) * WEEK_SLOTS / WEEK_MS);
  }

  void carry(Carrier carrier) {
    carrier.of(day);
    carrier.of(daySpread);
    carrier.of(dayVisits);
    carrier.of(week);
    carrier.of(weekVisits);
    level = carrier.of(level);
    spread = carrier.of(spread);
    plainError = carrier.of(plainError);
    dayError = carrier.of(dayError);
    weekError = carrier.of(weekError);
    rows = carrier.of(rows);
  }
}
