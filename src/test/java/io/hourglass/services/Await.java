package io.hourglass.services;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks again and again until something is so, or fails with what was waited for. */
public final class Await {
  private static final Object QUIET = new Object();

  private Await() {}

  public static void until(String what, Duration patience, BooleanSupplier so) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!holds(so)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in " + patience.toSeconds() + " s: " + what);
      }
      pause(Duration.ofMillis(100));
    }
  }

  private static boolean holds(BooleanSupplier so) {
    try {
      return so.getAsBoolean();
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  /** Lets time pass: for faults that are to strike at a moment, never for waiting until something is so. */
  public static void pause(Duration time) {
    synchronized (QUIET) {
      try {
        QUIET.wait(Math.max(1, time.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
