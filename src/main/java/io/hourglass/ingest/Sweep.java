package io.hourglass.ingest;

import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;

/**
 * Which windows of a partition's keys have been seen to their close. A key that has no more events does
 * not hear of the watermark; when the watermark passes a window's close, the keys whose rows still say
 * open are told, one sweep at a time.
 *
 * <p>Windows tile time, so "every window that ends at or before t" is one number.
 */
final class Sweep {
  private static final long NO_CLOCK = Long.MIN_VALUE;

  private final WindowSpec spec;
  private long swept;
  private long sweptByClock = Watermark.NONE;
  private long target;
  /** Of a sweep by the wall clock, when it began; {@code NO_CLOCK} of others. */
  private long clock = NO_CLOCK;
  private boolean running;
  private boolean rowsDone;
  private boolean inputSince;
  private int number;

  Sweep(WindowSpec spec, long swept) {
    this.spec = spec;
    this.swept = swept;
  }

  /** The end of the newest window that is closed under {@code watermark}. */
  private long boundary(long watermark) {
    return spec.startOf(watermark - spec.allowedLatenessMs() + 1);
  }

  /** Begins a sweep if the watermark has closed more since the last one. */
  boolean begin(long watermark) {
    return !running && watermark != Watermark.NONE && boundary(watermark) > swept && start(boundary(watermark), NO_CLOCK);
  }

  /** Begins a sweep of what the wall clock has closed. */
  boolean beginByClock(long now) {
    long boundary = boundary(now - 1);
    return !running && boundary > Math.max(swept, sweptByClock) && start(boundary, now);
  }

  private boolean start(long newTarget, long newClock) {
    target = newTarget;
    clock = newClock;
    running = true;
    rowsDone = false;
    inputSince = false;
    number++;
    return true;
  }

  /** Every row found has been answered for. */
  void rowsDone() {
    rowsDone = true;
  }

  /** Ends the sweep if its rows are done; what was asked before it began must be answered by then. */
  boolean finish() {
    if (!running || !rowsDone) {
      return false;
    }
    running = false;
    if (byClock()) {
      sweptByClock = inputSince ? Watermark.NONE : target;
    } else {
      swept = target;
    }
    return true;
  }

  /** Gives up and begins again from {@code watermark} on: a rewind may open windows that end after it. */
  void back(long watermark) {
    running = false;
    swept = sweptUnder(watermark);
  }

  /** What has been swept of the windows that are closed under {@code watermark}. */
  long sweptUnder(long watermark) {
    return watermark == Watermark.NONE ? Watermark.NONE : Math.min(swept, boundary(watermark));
  }

  /** Gives up: the same windows are swept again later. */
  void abort() {
    running = false;
  }

  /** There was input: the clock may have more to close later. */
  void input() {
    sweptByClock = Watermark.NONE;
    inputSince = true;
  }

  boolean running() {
    return running;
  }

  boolean byClock() {
    return clock != NO_CLOCK;
  }

  /** The wall clock by which the sweep that runs closes, epoch milliseconds; {@code Long.MIN_VALUE}: by none. */
  long clock() {
    return running ? clock : NO_CLOCK;
  }

  /** How many sweeps have begun. */
  int number() {
    return number;
  }

  /** Start of the first window that this sweep looks at. */
  long from() {
    return swept;
  }

  /** End of the last window that this sweep looks at. */
  long to() {
    return target;
  }
}
