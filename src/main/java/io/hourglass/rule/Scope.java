package io.hourglass.rule;

import io.hourglass.window.Scene;
import io.hourglass.window.WindowView;

/** Where a variable is looked up, by the word before its name. */
enum Scope {
  /** The window that it is about: running, ended or closed. */
  WINDOW,
  /** The newest closed window before it. */
  PREVIOUS,
  /** The trailing hour, or as much of it as the pipeline keeps panes of. */
  ROLLING,
  /** The same hour of the day in earlier windows. */
  BASELINE,
  /** The same hour of the week in earlier windows. */
  WEEKLY,
  /** The observation that was just applied. */
  EVENT;

  /** Whether a window is looked at. */
  boolean ofWindows() {
    return this == WINDOW || this == PREVIOUS || this == ROLLING;
  }

  /** The window that is looked at; null when there is none. */
  WindowView of(Scene scene) {
    return switch (this) {
      case PREVIOUS -> scene.previous();
      case ROLLING -> scene.rolling();
      default -> scene.window();
    };
  }
}
