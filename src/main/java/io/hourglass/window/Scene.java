package io.hourglass.window;

/** A moment of a key, as its rules see it. Good for this moment only. */
public interface Scene {

  /** Event time of the moment, epoch milliseconds; never before that of an earlier moment. */
  long time();

  /** The window it is about: running, ended or closed. */
  WindowView window();

  /** Whether that is the newest window of the key. */
  boolean running();

  /** The newest closed window before it; an empty one when there is none. */
  WindowView previous();

  /** The observation that was just applied; null when the moment is the end of a window. */
  Observation event();

  /** The moment's name among those of its time. */
  String cause();
}
