package io.hourglass.services;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Where the launcher writes: a terminal, on which lines can be drawn again, or a file, on which each line stays.
 *
 * <p>ASCII only, as no one knows what the other side can show.
 */
final class Screen {
  private static final long FRAME_MS = 120;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  static Screen standard() {
    var term = System.getenv("TERM");
    return new Screen(System.out, System.console() != null && term != null && !term.equals("dumb"));
  }

  boolean isTerminal() {
    return terminal;
  }

  synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  void say(String format, Object... arguments) {
    say(String.format(Locale.ROOT, format, arguments));
  }

  /** Draws the lines again and again until the block is closed; draws nothing when this is no terminal. */
  Block live(List<? extends Supplier<String>> lines) {
    return new Block(lines);
  }

  /** Some lines at the bottom of a terminal. */
  final class Block {
    private final List<? extends Supplier<String>> lines;
    private final Thread painter = new Thread(this::paint, "screen");
    private boolean drawn;
    private volatile boolean closed;

    private Block(List<? extends Supplier<String>> lines) {
      this.lines = lines;
      painter.setDaemon(true);
      if (terminal) {
        painter.start();
      }
    }

    private void paint() {
      try {
        while (!closed) {
          draw();
          Thread.sleep(FRAME_MS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void draw() {
      synchronized (Screen.this) {
        var frame = new StringBuilder(drawn ? String.format(UP, lines.size()) : "");
        lines.forEach(line -> frame.append(CLEAR).append(line.get()).append('\n'));
        drawn = true;
        out.print(frame);
        out.flush();
      }
    }

    /** Leaves the lines as they are at the end. */
    void close() {
      if (!closed && terminal) {
        closed = true;
        draw();
      }
    }
  }
}
