package io.hourglass.cluster;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Notices that this process stood still: stopped, or starved of the CPU. The others have then declared it dead and
 * given its keys away, and the first thing its entities would do is to write on top of what is no longer so.
 *
 * <p>It beats by itself; who is about to act on what it owned before asks with {@link #check}, so that not even one
 * message is handled between waking and noticing. A write that had left before the pause may still land: the
 * journal's reader sets it aside.
 */
public final class Pulse {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final long limitNanos;
  private final LongSupplier nanos;
  private final BooleanSupplier others;
  private final Runnable end;
  private volatile long last;

  /**
   * @param limit a pause that the others certainly wait for before they give keys away
   * @param nanos a clock that only goes on, in nanoseconds
   * @param others whether there are other nodes; alone, nobody takes anything over
   * @param end ends this process, and does not return
   */
  public Pulse(Duration limit, LongSupplier nanos, BooleanSupplier others, Runnable end) {
    this.limitNanos = limit.toNanos();
    this.nanos = nanos;
    this.others = others;
    this.end = end;
    this.last = nanos.getAsLong();
  }

  /** Beats in a thread of its own until the process ends. */
  public Pulse start() {
    ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "pulse");
      thread.setDaemon(true);
      return thread;
    });
    beats.scheduleAtFixedRate(this::beat, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  void beat() {
    check();
    last = nanos.getAsLong();
  }

  /** Ends the process when it stood still for longer than the limit. */
  public void check() {
    if (nanos.getAsLong() - last > limitNanos && others.getAsBoolean()) {
      end.run();
    }
  }
}
