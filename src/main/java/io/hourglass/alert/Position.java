package io.hourglass.alert;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a frame stands in the alert log: the resume token that people see as {@code id}.
 *
 * @param epoch of the topic: 8 hex digits; a topic that was created anew has another
 * @param offset in its one partition; -1 stands before the first
 */
record Position(String epoch, long offset) {
  static final String EARLIEST = "earliest";

  private static final Pattern TEXT = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

  /**
   * Reads {@code <epoch>-<offset>}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Position parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("after: " + text + " (expected: the id of a frame, or " + EARLIEST + ")");
    }
    return new Position(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  /** {@code <epoch>-<offset>}, or {@code earliest} where nothing stands before the first frame. */
  @Override
  public String toString() {
    return offset < 0 ? EARLIEST : epoch + "-" + offset;
  }
}
