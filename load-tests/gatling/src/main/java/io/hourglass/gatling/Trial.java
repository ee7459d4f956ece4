package io.hourglass.gatling;

import io.gatling.javaapi.core.Simulation;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What is measured, each by a simulation of its own beside the same stream of events. */
enum Trial {
  HOT("reads of keys in memory, 1,000/s", HotReads.class, 50),
  COLD("reads of keys that left memory, 50/s", ColdReads.class, 250),
  ALERTS("10 alerts/s, from event to frame", AlertDelay.class, 100),
  BURST("1,000 alerts/s for 5 s, from event to frame", AlertBurst.class, 0);

  final String title;
  final Class<? extends Simulation> simulation;
  private final long barMs;

  Trial(String title, Class<? extends Simulation> simulation, long barMs) {
    this.title = title;
    this.simulation = simulation;
    this.barMs = barMs;
  }

  /** Milliseconds that 99 % must be within; empty: as long as it takes, but everything once. */
  OptionalLong barMs() {
    return barMs == 0 ? OptionalLong.empty() : OptionalLong.of(barMs);
  }

  String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Trial named(String option) {
    return Arrays.stream(values()).filter(each -> each.option().equals(option)).findFirst().orElseThrow(() ->
        new IllegalArgumentException("only: " + option + " (expected: "
            + Arrays.stream(values()).map(Trial::option).collect(Collectors.joining(", ")) + ")"));
  }
}
