package io.hourglass.load.compare;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * The events of a comparison, the same ones whenever they are asked for: the seed decides everything.
 *
 * <p>Event time advances evenly. An event lies up to {@code disorder} behind it; one in some hundreds or thousands lies
 * {@link #LATE} further behind. That is much, as a full topic is read at some hours a second, and an engine whose watermarks
 * come now and then must have closed that hour all the same. The first half hour has no late ones: until then it may not
 * have had the time to tell how late it is.
 *
 * @param events how many
 * @param keys how many different ones
 * @param zipf whether the n-th key has the n-th part of the first one's events; else all keys are alike
 * @param perHour events for each hour of event time
 * @param disorderSeconds how far events lie behind, at most
 * @param late share of late events, 0 to 1
 */
record Workload(int events, int keys, boolean zipf, int perHour, int disorderSeconds, double late, long seed) {
  static final Duration LATE = Duration.ofHours(12);

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  /** A minute past the hour, so that the disorder does not reach into the hour before. */
  private static final long BASE_MS = Instant.parse("2026-01-01T00:01:00Z").toEpochMilli();
  private static final int LEAST = 2_000;

  /** @param hundredths the value, in hundredths: from 20.00 to 79.97 */
  @FunctionalInterface
  interface Sink {
    void event(int key, long timestampMs, int hundredths, boolean late);
  }

  /** {@code sensor-0012345}: also the record key. */
  static String key(int number) {
    return "sensor-%07d".formatted(number);
  }

  /** The number in a key. */
  static int number(String key) {
    return Integer.parseInt(key.substring(key.indexOf('-') + 1));
  }

  /** How many windows events that are not late can fall in. */
  int windows() {
    return (int) (events / (long) perHour) + 2;
  }

  static int window(long timestampMs) {
    return (int) Math.floorDiv(timestampMs - startMs(0), HOUR_MS);
  }

  static long startMs(int window) {
    return BASE_MS - BASE_MS % HOUR_MS + window * HOUR_MS;
  }

  void forEach(Sink sink) {
    var random = new SplittableRandom(seed);
    var draw = zipf ? Draw.zipf(keys) : Draw.uniform(keys);
    var lateFrom = perHour / 2;
    for (var i = 0; i < events; i++) {
      var key = draw.key(random);
      var behindMs = random.nextInt(disorderSeconds * 1_000 + 1);
      var isLate = random.nextDouble() < late && i >= lateFrom;
      var timestampMs = BASE_MS + i * HOUR_MS / perHour - behindMs - (isLate ? LATE.toMillis() : 0);
      var hundredths = LEAST + Math.floorMod(key * 37, 4_000) + random.nextInt(1_000) + random.nextInt(1_000);
      sink.event(key, timestampMs, hundredths, isLate);
    }
  }
}
