package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private long wall = 1_000_000;
  private long ticks = 500;

  @Test
  void itSaysByHowMuchTheClockWasSetBackOnce() {
    ClockWatch watch = new ClockWatch(() -> wall, () -> ticks);
    wall += 1_000;
    ticks += 1_000;
    assertEquals(0, watch.setBack());
    wall += 1_000 - 3_600_000;
    ticks += 1_000;
    assertEquals(3_600_000, watch.setBack());
    wall += 1_000;
    ticks += 1_000;
    assertEquals(0, watch.setBack());
    wall += 3_600_000;
    assertEquals(-3_600_000, watch.setBack());
  }
}
