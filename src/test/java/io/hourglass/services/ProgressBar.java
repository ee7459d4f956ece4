package io.hourglass.services;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * A stream's way through Hourglass: the first half of the bar is sending it to Kafka, the second half is counting it.
 *
 * <p>On a terminal the bar is drawn again and again by {@link Screen}; elsewhere {@link #report} says a plain line about
 * every ten per cent.
 */
final class ProgressBar implements Supplier<String> {
  private static final int WIDTH = 32;
  private static final int REPORTS = 10;

  private final String name;
  private final long total;
  private final long startedAt = System.nanoTime();
  private volatile long sent;
  private volatile long counted;
  private volatile long tookNanos;
  private int reported;

  ProgressBar(String name, long total) {
    this.name = name;
    this.total = Math.max(1, total);
  }

  void sent(long events) {
    sent = Math.min(total, Math.max(sent, events));
  }

  void counted(long events) {
    counted = Math.min(total, Math.max(counted, events));
    if (counted == total && tookNanos == 0) {
      tookNanos = System.nanoTime() - startedAt;
    }
  }

  boolean isSent() {
    return sent == total;
  }

  boolean isCounted() {
    return counted == total;
  }

  /** Says where it is, if that is a tenth further than when it last said so. */
  synchronized void report(Screen screen) {
    var tenths = (int) (REPORTS * done());
    if (!screen.isTerminal() && tenths > reported) {
      reported = tenths;
      screen.say(get());
    }
  }

  private double done() {
    return (sent + counted) / (2.0 * total);
  }

  @Override
  public String get() {
    var filled = (int) Math.round(WIDTH * done());
    var bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
    var seconds = (tookNanos == 0 ? System.nanoTime() - startedAt : tookNanos) / 1e9;
    var what = isCounted() ? String.format(Locale.ROOT, "%,d events counted, %,.0f a second", total, total / seconds)
        : isSent() ? String.format(Locale.ROOT, "%,d of %,d counted", counted, total)
        : String.format(Locale.ROOT, "%,d of %,d sent", sent, total);
    return String.format(Locale.ROOT, "  %-10s [%s] %3d %%  %s", name, bar, (int) (100 * done()), what);
  }
}
