package io.hourglass.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** What a peer and the program that measures it tell each other: lines on standard output, and a file. */
public final class Notice {
  private static final long POLL_MS = 200;
  private static final LongAdder READ = new LongAdder();
  private static final AtomicBoolean TELLING = new AtomicBoolean();
  private static boolean reading;

  private Notice() {}

  /** Counts an event that is read. Prints {@code reading} at the first, and from then on now and then {@code read} and the count. */
  public static void read() {
    if (!reading) { // not synchronized, as every event comes by
      reading = true;
      tell();
    }
    READ.increment();
  }

  private static void tell() {
    if (TELLING.compareAndSet(false, true)) {
      System.out.println("reading");
      var teller = new Thread(Notice::tellOn, "notice");
      teller.setDaemon(true);
      teller.start();
    }
  }

  private static void tellOn() {
    try {
      for (var told = 0L; true; Thread.sleep(POLL_MS)) {
        var now = READ.sum();
        if (now != told) {
          told = now;
          System.out.println("read " + now);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Prints {@code drained}: every result is in the output topic. */
  public static void drained() {
    System.out.println("drained");
  }

  /** Returns when the file {@code drain} is in the directory. */
  public static void awaitDrain(Path work) throws InterruptedException {
    while (!Files.exists(work.resolve("drain"))) {
      Thread.sleep(POLL_MS);
    }
  }
}
