package io.hourglass.rule;

import io.hourglass.window.Observation;
import io.hourglass.window.Scene;
import io.hourglass.window.WindowView;

/** A moment as a test wants it. */
record FakeScene(long time, WindowView window, boolean running, WindowView previous, Observation event, String cause) implements Scene {

  static FakeScene of(WindowView window) {
    return at(5, window);
  }

  static FakeScene at(long time, WindowView window) {
    return new FakeScene(time, window, true, new FakeWindow(0, Double.NaN), new Observation(1, time, 0, new double[] {1, 2}, null), "t-0/1");
  }
}
