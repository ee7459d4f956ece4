package io.hourglass.store;

import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;

/** A key's row of a window; one that is not closed tells only that the key has opened it. */
public record KeyRow(String key, StoredWindow stored) {
  public WindowResult window() {
    return stored.window();
  }
}
