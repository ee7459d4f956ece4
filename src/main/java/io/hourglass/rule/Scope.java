package io.hourglass.rule;

import io.hourglass.window.Scene;
import io.hourglass.window.WindowView;

/** Where a variable is looked up. */
enum Scope {
  WINDOW,
  PREVIOUS,
  EVENT;

  /** The window of this scope. */
  WindowView of(Scene scene) {
    return this == PREVIOUS ? scene.previous() : scene.window();
  }
}
