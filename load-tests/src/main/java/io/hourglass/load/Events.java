package io.hourglass.load;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * The events of a run, the same ones whenever they are asked for: the seed decides everything.
 *
 * <p>Event time advances evenly; each event lies up to 20 s behind it, which is within the pipeline's 30 s of disorder,
 * so none is late. Values are whole numbers: their sum is exact in any order of adding.
 */
final class Events {
  /** A minute past the hour, so that the disorder does not reach into the hour before. */
  private static final long BASE_MS = Instant.parse("2026-01-01T00:01:00Z").toEpochMilli();
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final int DISORDER_MS = 20_000;
  private static final int USERS = 100_000;
  private static final String[] PATHS = {"/", "/cart", "/search", "/images/logo.png", "/products/4711", "/login"};

  private final Options options;

  @FunctionalInterface
  interface Sink {
    void event(int key, long timestampMs, int bytes, String user, String path);
  }

  Events(Options options) {
    this.options = options;
  }

  static String key(int number) {
    return "host-" + (10_000_000 + number) + ".example.net";
  }

  /** Which of the run's windows a time belongs to. */
  static int window(long timestampMs) {
    return (int) ((timestampMs - startMs(0)) / HOUR_MS);
  }

  static long startMs(int window) {
    return BASE_MS - BASE_MS % HOUR_MS + window * HOUR_MS;
  }

  int windows() {
    return options.hours() + 1;
  }

  void forEach(Sink sink) {
    var random = new SplittableRandom(options.seed());
    var spanMs = options.hours() * HOUR_MS;
    for (var i = 0; i < options.events(); i++) {
      var timestampMs = BASE_MS + i * spanMs / options.events() - random.nextInt(DISORDER_MS);
      var bytes = (int) Math.min(10_000_000, 500 * Math.exp(1.2 * random.nextGaussian()));
      sink.event(key(i, random), timestampMs, bytes, "u" + (100_000 + random.nextInt(USERS)),
          PATHS[random.nextInt(PATHS.length)]);
    }
  }

  private int key(int event, SplittableRandom random) {
    return options.scenario() == Options.Scenario.NEW_KEYS
        ? event
        : (int) (options.keys() * Math.pow(random.nextDouble(), options.skew()));
  }
}
