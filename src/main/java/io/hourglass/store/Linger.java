package io.hourglass.store;

/**
 * How long the first row of a batch waits for others: longer when many rows come, as in a partition that is behind, so that a batch
 * holds many at any rate. A row that comes alone hardly waits. Plain Java, not for several threads.
 */
final class Linger {
  private static final long SLOT_MS = 250;
  /** At a thousand rows a second a batch waits for so long more. */
  private static final long MS_PER_THOUSAND = 20;

  private final long leastMs;
  private final long mostMs;
  private long slot = Long.MIN_VALUE;
  private long rows;
  private long rowsBefore;

  Linger(long leastMs, long mostMs) {
    this.leastMs = leastMs;
    this.mostMs = mostMs;
  }

  /** A row has come. @param now milliseconds of any steady clock */
  void row(long now) {
    turnTo(Math.floorDiv(now, SLOT_MS));
    rows++;
  }

  /** How long a batch that begins now waits, in milliseconds. */
  long ms(long now) {
    turnTo(Math.floorDiv(now, SLOT_MS));
    long perSecond = Math.max(rows, rowsBefore) * 1_000 / SLOT_MS;
    return Math.min(mostMs, leastMs + perSecond * MS_PER_THOUSAND / 1_000);
  }

  private void turnTo(long now) {
    if (now != slot) {
      rowsBefore = now == slot + 1 ? rows : 0;
      rows = 0;
      slot = now;
    }
  }
}
