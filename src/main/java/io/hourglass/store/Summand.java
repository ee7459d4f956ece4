package io.hourglass.store;

import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;

/**
 * Something to be added up to days and months: a window of a key, or what is left of several.
 *
 * @param windows how many windows it sums up
 * @param folded whether they are beyond retention and stand for themselves no more
 */
public record Summand(StoredWindow stored, int windows, boolean folded) {
  public static Summand of(StoredWindow window) {
    return new Summand(window, 1, false);
  }

  public WindowResult window() {
    return stored.window();
  }
}
