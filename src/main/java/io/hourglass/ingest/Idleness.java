package io.hourglass.ingest;

/**
 * How long a partition has had no input, by a clock that only goes on: up to Kafka's last answer that nothing more is there, since
 * the last input, the last moment in which we took none, and the last time Kafka was out of reach. Milliseconds.
 */
final class Idleness {
  private static final long FRESH_MS = 5_000;
  private static final long STEADY_MS = 3_000;
  private static final long QUIET_MS = 1_000;

  private long lastInput;
  private long end;
  private long endAt;
  /** Kafka has answered without a break since; at first it has for long enough. */
  private long answersSince;
  /** A stretch of offsets without records: the marks that transactions leave have offsets too. */
  private long emptyFrom = -1;
  private long emptyTo = -1;

  /** @param end of the partition at {@code now}: a reader that has just begun is behind it */
  Idleness(long now, long end) {
    this.lastInput = now;
    this.end = end;
    this.endAt = now;
    this.answersSince = now - STEADY_MS;
  }

  void input(long now) {
    lastInput = now;
  }

  /** Kafka says that the partition ends at {@code offset}. */
  void end(long offset, long now) {
    if (!fresh(now)) {
      lastInput = now;
      answersSince = now;
    }
    end = offset;
    endAt = now;
  }

  private boolean fresh(long now) {
    return now - endAt <= FRESH_MS;
  }

  /** Whether Kafka answers: after a break only when it has for some time, in which a reader hears that it lost the partition. */
  boolean answers(long now) {
    return fresh(now) && now - answersSince >= STEADY_MS;
  }

  /** No record stands from {@code from} to {@code to} (exclusive). */
  void empty(long from, long to) {
    emptyFrom = from;
    emptyTo = to;
  }

  /** Whether there was no input for so long; {@code heldBack}: because we did not take any. */
  boolean lasts(long now, long position, boolean heldBack, long howLongMs) {
    if (heldBack) {
      lastInput = now;
    }
    return passed(position) >= end && endAt - lastInput >= howLongMs;
  }

  /** Whether what is left before the end has not come for a while, and may be no record at all. */
  boolean doubtful(long now, long position) {
    return passed(position) < end && now - lastInput >= QUIET_MS;
  }

  /** Whether Kafka has nothing more, as far as is known. */
  boolean atEnd(long position) {
    return passed(position) >= end;
  }

  /** The position, or where the empty stretch behind it ends. */
  long passed(long position) {
    return position == emptyFrom ? emptyTo : position;
  }

  /** The partition's end when last heard of, or the position behind it. */
  long endFrom(long position) {
    return Math.max(end, passed(position));
  }
}
