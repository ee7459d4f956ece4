package io.hourglass.window;

/** A moment of a key, as its rules see it. Good for this moment only. */
public interface Scene {

  /** Event time of the moment, epoch milliseconds; never before that of an earlier moment. */
  long time();

  /** The window it is about: running, ended or closed. */
  WindowView window();

  /** Whether that is the newest window of the key. */
  boolean running();

  /** The newest closed window before it; null when there is none. */
  WindowView previous();

  /** The rolling window up to the end of the pane that holds the moment; of an end, of the pane before it. */
  WindowView rolling();

  /** The observation that was just applied; null when the moment is the end of a window. */
  Observation event();

  /** What a series was at this hour of the day, or of the week, in earlier windows of the key. */
  Moments baseline(String series, boolean weekly);

  /** The window's start on the clocks of the pipeline's zone, as epoch milliseconds were they in UTC. */
  long localStart();

  /** The window's hour of the day in the pipeline's zone, 0 to 23; {@code weekly}: of the week from Monday on, 0 to 167. */
  int slot(boolean weekly);

  /** Whether the key has not had this value before the observation that was just applied. */
  boolean isNew(KnownValue value);

  /** The moment's name among those of its time. */
  String cause();
}
