package io.hourglass.benchmarks;

import io.hourglass.window.Aggregate;
import io.hourglass.window.KeySpec;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.Source;
import io.hourglass.window.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** Events as the comparison with other engines has them: one number of interest, 150 bytes of JSON. */
final class Samples {
  static final Source SOURCE = new Source("p8sTZmOXQWmD0mTvGdBFVw", 3);
  static final MeasureSpec PLAIN = new MeasureSpec("value", "value",
      Set.of(Aggregate.SUM, Aggregate.MIN, Aggregate.MAX, Aggregate.STDDEV, Aggregate.LAST));
  static final KeySpec KEYS = new KeySpec(new WindowSpec(3_600_000, ZoneOffset.UTC, 30_000, 300_000), PaneSpec.OFF, List.of(PLAIN), 86_400_000);
  private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final SplittableRandom random = new SplittableRandom(1);
  private long offset;

  /** The next event's JSON. */
  byte[] json() {
    return String.format(Locale.ROOT, "{\"key\":\"%s\",\"ts\":%d,\"value\":%.2f,\"site\":\"north-%d\",\"unit\":\"celsius\",\"firmware\":\"4.1.%d\",\"note\":\"ok\"}",
        key(10_000), START_MS + random.nextInt(3_600_000), random.nextDouble() * 100, random.nextInt(10), random.nextInt(50))
        .getBytes(StandardCharsets.UTF_8);
  }

  String key(int keys) {
    return String.format(Locale.ROOT, "sensor-%07d", random.nextInt(keys));
  }

  /** The next observation of a key: 7 s after the one before, up to 30 s out of order. */
  Observation observation() {
    long time = START_MS + offset * 7_000;
    return new Observation(offset++, time - random.nextInt(30_000), time - 30_001, new double[] {random.nextInt(10_000) / 100.0}, null);
  }
}
