package io.hourglass.load.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the two rules must tell of one key, from its events in the order of their offsets. {@code spike} ({@code value.max}) says nothing
 * of a window in which nothing has come: it goes on until an event of a later window does not hold. {@code busy}
 * ({@code window.count}) ends with the window. An earlier window that is still open may fire, once, while nothing does.
 */
final class AlertOracle {
  private static final List<String> RULES = List.of("spike", "busy");
  private static final int BUSY = 1;
  private static final long NONE = Long.MIN_VALUE;

  private final Load load;
  private final String key;
  private final Map<Long, Cell> windows = new TreeMap<>();
  private final long[] firing = {NONE, NONE};
  private final long[] lastFired = {NONE, NONE};
  private final List<Firing> frames = new ArrayList<>();
  private long running = NONE;

  AlertOracle(Load load, String key) {
    this.load = load;
    this.key = key;
  }

  /** @param start of its window */
  void event(long start, Generator.Event event) {
    if (start > running) {
      ended(frames, firing);
      running = start;
    }
    var window = windows.computeIfAbsent(start, at -> new Cell());
    window.add(event.timestampMs(), event.value());
    for (var rule = 0; rule < RULES.size(); rule++) {
      evaluate(rule, start, rule == BUSY ? window.count > load.busy() : window.max > Load.SPIKE);
    }
  }

  private void evaluate(int rule, long start, boolean holds) {
    if (holds && firing[rule] == NONE && (start == running || start > lastFired[rule])) {
      firing[rule] = start;
      lastFired[rule] = start;
      frames.add(new Firing("firing", RULES.get(rule), key, start));
    } else if (!holds && start == running) {
      end(rule, frames, firing);
    }
  }

  private void ended(List<Firing> told, long[] now) {
    end(BUSY, told, now);
  }

  private void end(int rule, List<Firing> told, long[] now) {
    if (now[rule] != NONE) {
      told.add(new Firing("resolved", RULES.get(rule), key, now[rule]));
      now[rule] = NONE;
    }
  }

  /** All frames. @param closed whether the running window has closed, though no event of a later one has come */
  List<Firing> frames(boolean closed) {
    var told = new ArrayList<>(frames);
    if (closed) {
      ended(told, Arrays.copyOf(firing, firing.length));
    }
    return told;
  }

  long running() {
    return running;
  }
}
