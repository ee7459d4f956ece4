package io.hourglass.services;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * A main class in front of another one, which ends the JVM when standard input ends.
 *
 * <p>The launcher holds the other end of the child's standard input. When the launcher dies, however suddenly, the
 * kernel closes that end, the child reads end of file and exits, its shutdown hooks included. Uses nothing but the JDK,
 * so that it can stand on any server's class path.
 *
 * <p>Usage: {@code java … io.hourglass.services.Tether real.Main args…}
 */
public final class Tether {
  private static final int LAUNCHER_GONE = 3;
  private static final long HALT_AFTER_MS = 30_000;

  private Tether() {}

  public static void main(String[] args) throws Throwable {
    startDaemon("tether", Tether::exitAtEndOfInput);
    var main = Class.forName(args[0]).getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void exitAtEndOfInput() {
    drain(System.in);
    startDaemon("tether-halt", Tether::haltLater);
    System.exit(LAUNCHER_GONE);
  }

  private static void drain(InputStream in) {
    try {
      while (in.read() >= 0) {
        // nothing is said over this line: only its end counts
      }
    } catch (IOException e) {
      // a broken line is an ended one
    }
  }

  /** A shutdown hook that hangs must not keep the child alive for ever. */
  private static void haltLater() {
    try {
      Thread.sleep(HALT_AFTER_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(LAUNCHER_GONE);
  }

  private static void startDaemon(String name, Runnable body) {
    var thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
