package io.hourglass.anomaly;

/**
 * Scores a series by what is rarest about it, and by whether a second opinion agrees.
 *
 * <p>Each value is seen as a deviation from what is usual at its time ({@link Season}) and from a plain, slow mean:
 * by itself, as a miss of what the deviation before it let expect, and smoothed. Each of these, and how much values change
 * from row to row, has a rarity in its own history ({@link Tail}); the greatest counts, so that one threshold means the
 * same number of false alarms for every series. Second opinions are how new the last few values are as a shape
 * ({@link Novelty}), with and without the season, and how isolated they are ({@link Forest}); what they find rare is
 * added, for chance seldom strikes both. Said is the beginning of an odd stretch, not each row of it ({@link Damping}).
 *
 * <p>Not for several threads.
 */
public final class SeriesDetector implements Detector {
  private static final long VERSION = 1;
  /** Rows before anything is told. */
  private static final double WARM_ROWS = 100;
  /** Rows over which deviations from the season, and from the plain mean, are smoothed. */
  private static final double SHORT = 4;
  private static final double LONG = 24;
  private static final double PLAIN = 12;
  /** Rows of the plain mean. */
  private static final double PLAIN_ROWS = 1_000;
  /** A miss is not expected to last. */
  private static final Persistence NONE = new Persistence();
  /** Beyond it nothing is rarer. */
  private static final double MOST_RARE = 8;
  /** What second opinions count. */
  private static final double SHAPE = 0.4;
  private static final double PLAIN_SHAPE = 0.3;
  private static final double ISOLATION = 0.5;
  /** Values beyond it are taken for it. */
  private static final double LARGEST = 1e30;

  private final Season season = new Season();
  private final Persistence persistence = new Persistence();
  private final Persistence plainPersistence = new Persistence();
  private final Deviation miss = new Deviation(1);
  private final Deviation shortly = new Deviation(SHORT);
  private final Deviation longer = new Deviation(LONG);
  private final Deviation plain = new Deviation(1);
  private final Deviation plainLonger = new Deviation(PLAIN);
  private final Restlessness restlessness = new Restlessness();
  private final Novelty shape = new Novelty();
  private final Novelty plainShape = new Novelty();
  private final Forest forest = new Forest();
  private final Damping damping = new Damping();
  private double mean;
  private double rows;

  /** A detector that has seen nothing. */
  public SeriesDetector() {}

  /**
   * The detector that {@code state} was taken of.
   *
   * @throws IllegalArgumentException when the state is of another version or not one at all
   */
  public static SeriesDetector restore(byte[] state) {
    Carrier.In in = new Carrier.In(state);
    SeriesDetector detector = new SeriesDetector();
    detector.carry(in);
    in.end();
    return detector;
  }

  @Override
  public byte[] state() {
    Carrier.Out out = new Carrier.Out();
    carry(out);
    return out.bytes();
  }

  @Override
  public Score next(long timeMs, double given) {
    double usual = rows == 0 && Double.isFinite(given) ? given : season.usual(timeMs);
    double expected = usual + persistence.carriedOn();
    if (!Double.isFinite(given)) {
      return new Score(0, expected);
    }
    double value = Season.clamp(given, LARGEST);
    mean = rows == 0 ? value : mean;
    double rarity = rarity(value, value - usual, value - expected, season.spread(timeMs));
    learn(timeMs, value, value - usual);
    return Score.of(rows > WARM_ROWS ? damping.tell(rarity) : 0, expected);
  }

  private double rarity(double value, double off, double missed, double spread) {
    double seasonal = off / spread;
    double rarest = miss.rarity(missed / spread, NONE);
    rarest = Math.max(rarest, shortly.rarity(seasonal, persistence));
    rarest = Math.max(rarest, longer.rarity(seasonal, persistence));
    rarest = Math.max(rarest, plain.rarity(value - mean, plainPersistence));
    rarest = Math.max(rarest, plainLonger.rarity(value - mean, plainPersistence));
    rarest = Math.max(rarest, restlessness.rarity(value));
    return bounded(rarest) + SHAPE * bounded(shape.rarity(seasonal)) + PLAIN_SHAPE * bounded(plainShape.rarity(value - mean))
        + ISOLATION * bounded(forest.rarity(seasonal));
  }

  private static double bounded(double rarity) {
    return Math.min(rarity, MOST_RARE);
  }

  private void learn(long timeMs, double value, double off) {
    miss.learn();
    shortly.learn();
    longer.learn();
    plain.learn();
    plainLonger.learn();
    restlessness.learn();
    shape.learn();
    plainShape.learn();
    forest.learn();
    double bound = season.bound();
    persistence.learn(Season.clamp(off, bound));
    plainPersistence.learn(Season.clamp(value - mean, 2 * bound));
    season.learn(timeMs, value);
    mean += Season.clamp(value - mean, bound) / Math.min(++rows, PLAIN_ROWS);
  }

  private void carry(Carrier carrier) {
    long version = carrier.of(VERSION);
    if (version != VERSION) {
      throw new IllegalArgumentException("state: version " + version + " (expected: " + VERSION + ")");
    }
    season.carry(carrier);
    persistence.carry(carrier);
    plainPersistence.carry(carrier);
    miss.carry(carrier);
    shortly.carry(carrier);
    longer.carry(carrier);
    plain.carry(carrier);
    plainLonger.carry(carrier);
    restlessness.carry(carrier);
    shape.carry(carrier);
    plainShape.carry(carrier);
    forest.carry(carrier);
    damping.carry(carrier);
    mean = carrier.of(mean);
    rows = carrier.of(rows);
  }
}
