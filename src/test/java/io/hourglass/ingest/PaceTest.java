package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final int FULL = 10_000;

  /** A reader that gathers {@code rate} events a second, never more than a batch at a time. */
  @ParameterizedTest
  @ValueSource(ints = {2_000, 30_000, 100_000, 190_000})
  void batchesFillAndReadingIsHardlySlowedDown(int rate) {
    Pace pace = new Pace(FULL);
    long now = 0;
    long taken = 0;
    long batches = 0;
    double gathered = 1;
    for (; now < 60_000; now++) {
      if (gathered >= 1 && pace.due(now)) {
        pace.taken(gathered >= FULL, (int) gathered, now);
        taken += (long) gathered;
        batches++;
        gathered = 0;
      }
      gathered = Math.min(FULL, gathered + rate / 1_000.0);
    }
    double perBatch = (double) taken / batches;
    assertTrue(perBatch >= Math.min(rate * 0.8, FULL * 0.4), "events a batch: " + perBatch);
    assertEquals(rate * 60.0, taken, rate * 60 * 0.05);
  }
}
