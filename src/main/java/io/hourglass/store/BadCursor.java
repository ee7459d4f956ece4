package io.hourglass.store;

/** A cursor that no page has given out. */
public final class BadCursor extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String cursor;

  BadCursor(String cursor, Throwable cause) {
    super("cursor: " + cursor + " (expected: the next of an earlier page)", cause);
    this.cursor = cursor;
  }

  public String cursor() {
    return cursor;
  }
}
