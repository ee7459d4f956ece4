package io.hourglass.peers;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a peer and the program that measures it tell each other: lines on standard output, and a file. */
public final class Notice {
  private static final long POLL_MS = 200;
  private static boolean reading;

  private Notice() {}

  /** Prints {@code reading}, the first time. Not synchronized, as every event comes by: twice does no harm. */
  public static void reading() {
    if (!reading) {
      reading = true;
      System.out.println("reading");
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
