package io.hourglass.store;

import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.List;

/**
 * Something to be added up to days and months: a window of a key, or what is left of several.
 *
 * @param starts of the windows it sums up, in order
 * @param folded whether they are beyond retention and stand for themselves no more
 */
public record Summand(StoredWindow stored, List<Long> starts, boolean folded) {
  public static Summand of(StoredWindow window) {
    return new Summand(window, List.of(window.window().start()), false);
  }

  public WindowResult window() {
    return stored.window();
  }
}
