package io.hourglass.services;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The life of one server in a child JVM: start until ready, pause and resume, stop, kill, start again on the same data.
 *
 * <p>Thread-safe in the way a launcher needs it: {@link #stop()} and {@link #kill()} may come from another thread while
 * {@link #start()} still waits, which then fails at once.
 */
public abstract class Server implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int TAIL = 25;

  private final String name;
  private final LogFile log;
  private final Footprint footprint;
  private volatile Process process;
  private volatile boolean wanted;

  /** The log is {@code <directory>/<name>.log}. */
  protected Server(String name, Path directory) {
    this.name = name;
    this.log = new LogFile(directory.resolve(name.toLowerCase(Locale.ROOT) + ".log"));
    this.footprint = new Footprint(directory.resolve(name.toLowerCase(Locale.ROOT) + ".pid"));
  }

  /** Makes everything ready that must be there before the JVM starts, and says how to start it. */
  protected abstract JvmCommand command();

  /** Whether the server answers; asked again and again until it says yes. */
  protected abstract boolean ready();

  protected abstract Duration startTimeout();

  protected abstract Duration stopTimeout();

  /** Starts the server and returns when it is ready. */
  public final void start() {
    if (isRunning()) {
      throw new IllegalStateException(name + " is running already");
    }
    wanted = true;
    footprint.awaitGone(stopTimeout());
    log.mark();
    var command = command();
    synchronized (this) {
      if (!wanted) {
        throw new ServerFailure(name + " was stopped while it was starting");
      }
      process = command.start(log.path());
    }
    footprint.write(process.toHandle());
    awaitReady();
  }

  private void awaitReady() {
    var deadline = System.nanoTime() + startTimeout().toNanos();
    while (!ready()) {
      if (!wanted) {
        throw new ServerFailure(name + " was stopped while it was starting");
      }
      if (!process.isAlive()) {
        throw failure("ended with exit code " + process.exitValue() + " while it was starting");
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw failure("was not ready within " + startTimeout().toSeconds() + " s");
      }
      sleep(POLL);
    }
  }

  private ServerFailure failure(String what) {
    return new ServerFailure(name + " " + what + ". The end of " + Checkout.shown(log.path()) + ":\n" + log.tail(TAIL));
  }

  /** SIGTERM, then SIGKILL when that does not help in time. Does nothing when it is not running. */
  public final void stop() {
    var running = end();
    if (running != null) {
      signal(running, "CONT");
      running.destroy();
      if (!ended(running, stopTimeout())) {
        running.destroyForcibly();
        ended(running, Duration.ofSeconds(10));
      }
      footprint.remove();
    }
  }

  /** SIGKILL: as a crash. What it had not written is lost. */
  public final void kill() {
    var running = end();
    if (running != null) {
      running.destroyForcibly();
      ended(running, Duration.ofSeconds(10));
      footprint.remove();
    }
  }

  private synchronized Process end() {
    wanted = false;
    return isRunning() ? process : null;
  }

  public final void restart() {
    stop();
    start();
  }

  /** SIGSTOP: it stays connected and answers nothing. */
  public final void pause() {
    signal(requireRunning(), "STOP");
  }

  /** SIGCONT after {@link #pause()}. */
  public final void resume() {
    signal(requireRunning(), "CONT");
  }

  @Override
  public void close() {
    stop();
  }

  public final boolean isRunning() {
    var current = process;
    return current != null && current.isAlive();
  }

  public final long pid() {
    return requireRunning().pid();
  }

  /** Completed with the exit code when it ends, wanted or not. */
  public final CompletableFuture<Integer> onExit() {
    return requireRunning().onExit().thenApply(Process::exitValue);
  }

  /** Whether the last end was asked for. */
  public final boolean isWanted() {
    return wanted;
  }

  /** CPU time used since it was started, all threads. */
  public final Duration cpu() {
    return requireRunning().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  public final LogFile log() {
    return log;
  }

  public final String name() {
    return name;
  }

  private Process requireRunning() {
    var current = process;
    if (current == null || !current.isAlive()) {
      throw new IllegalStateException(name + " is not running");
    }
    return current;
  }

  private static void signal(Process target, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(target.pid()))
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    } catch (IOException e) {
      throw new ServerFailure("kill -" + signal + " " + target.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean ended(Process target, Duration timeout) {
    try {
      return target.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }
}
