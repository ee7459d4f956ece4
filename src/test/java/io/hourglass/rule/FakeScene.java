package io.hourglass.rule;

import io.hourglass.window.KnownValue;
import io.hourglass.window.Moments;
import io.hourglass.window.Observation;
import io.hourglass.window.Scene;
import io.hourglass.window.WindowView;

/** A moment as a test wants it. */
record FakeScene(long time, WindowView window, boolean running, WindowView previous, Observation event, String cause) implements Scene {

  @Override
  public Moments baseline(String series, boolean weekly) {
    return Moments.NONE;
  }

  @Override
  public WindowView rolling() {
    return window;
  }

  @Override
  public long localStart() {
    return window.start();
  }

  @Override
  public int slot(boolean weekly) {
    return 0;
  }

  @Override
  public boolean isNew(KnownValue value) {
    return true;
  }

  static FakeScene of(WindowView window) {
    return at(5, window);
  }

  static FakeScene at(long time, WindowView window) {
    return new FakeScene(time, window, true, new FakeWindow(0, Double.NaN), new Observation(1, time, 0, new double[] {1, 2}, null), "t-0/1");
  }
}
