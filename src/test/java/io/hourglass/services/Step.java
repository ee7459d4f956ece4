package io.hourglass.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Something the launcher waits for, shown with a spinner and the seconds it takes.
 *
 * <pre>{@code
 * Step.together(screen, new Step("Kafka", kafka::start), new Step("Cassandra", cassandra::start));
 * }</pre>
 */
final class Step implements Supplier<String> {
  private static final String SPINNER = "|/-\\";
  private static final Duration NOTE_EVERY = Duration.ofSeconds(5);

  private final String name;
  private final Runnable work;
  private volatile String note = "";
  private volatile String end = "";
  private volatile long startedAt;
  private volatile long tookNanos = -1;
  private long notedAt;
  private Screen screen;

  Step(String name, Runnable work) {
    this.name = name;
    this.work = work;
  }

  /** What it is at just now; on a screen that is no terminal not oftener than every few seconds. */
  void note(String what) {
    note = what;
    if (screen != null && !screen.isTerminal() && System.nanoTime() - notedAt > NOTE_EVERY.toNanos()) {
      notedAt = System.nanoTime();
      screen.say("  %s: %s", name, what);
    }
  }

  /** Does the steps side by side, and returns when all are done; throws what the first that failed threw. */
  static void together(Screen screen, Step... steps) {
    var threads = Stream.of(steps).map(step -> step.thread(screen)).toList();
    var failures = new ArrayList<Throwable>();
    threads.forEach(thread -> thread.setUncaughtExceptionHandler((failed, e) -> {
      synchronized (failures) {
        failures.add(e);
      }
    }));
    var lines = screen.live(List.of(steps));
    try {
      threads.forEach(Thread::start);
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    } finally {
      lines.close();
    }
    if (!failures.isEmpty()) {
      throw failures.get(0) instanceof ServerFailure known ? known : new ServerFailure("Failed", failures.get(0));
    }
  }

  private Thread thread(Screen on) {
    screen = on;
    startedAt = System.nanoTime();
    var thread = new Thread(this::run, name);
    thread.setDaemon(true);
    return thread;
  }

  private void run() {
    var outcome = "failed";
    try {
      work.run();
      outcome = "done";
    } finally {
      tookNanos = System.nanoTime() - startedAt;
      end = outcome;
      if (!screen.isTerminal()) {
        screen.say(get());
      }
    }
  }

  /** The line as it looks now. */
  @Override
  public String get() {
    var nanos = tookNanos < 0 ? System.nanoTime() - startedAt : tookNanos;
    var running = tookNanos < 0;
    var spinner = running ? SPINNER.charAt((int) (nanos / 120_000_000 % SPINNER.length())) : end.equals("done") ? '+' : '!';
    var seconds = nanos < 1_000_000_000L ? "" : String.format(Locale.ROOT, "%5.1f s", nanos / 1e9);
    return String.format(Locale.ROOT, "%c %-28s %8s  %s", spinner, name, seconds, running ? note : end.equals("done") ? "" : end);
  }
}
