package io.hourglass.store;

import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.Aggregate;
import io.hourglass.window.KeySpec;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.WindowSpec;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Pipelines for tests. */
public final class Samples {
  private Samples() {}

  /** Hours, 64 shards, no measures. */
  public static Pipeline hourly(String name, String zone) {
    return hourly(name, zone, List.of());
  }

  /** The same with a measure {@code bytes}. */
  public static Pipeline bytes(String name, String zone) {
    return hourly(name, zone, List.of(new MeasureSpec("bytes", "bytes", EnumSet.of(Aggregate.SUM))));
  }

  private static Pipeline hourly(String name, String zone, List<MeasureSpec> measures) {
    WindowSpec window = new WindowSpec(3_600_000, ZoneId.of(zone), 30_000, 300_000);
    Duration month = Duration.ofDays(30);
    return new Pipeline(name, name, Optional.of("host"), Optional.of("ts"), new KeySpec(window, new PaneSpec(300_000, 3_600_000), measures, month.toMillis()),
        Optional.empty(), Duration.ofMinutes(1), Duration.ofHours(1), month, List.of(), 64,
        ConfigFactory.parseString("format = json"));
  }
}
