package io.hourglass.alert;

/**
 * How far the feed reaches, in offsets of the alert log.
 *
 * @param lost the greatest offset that is no longer kept; -1: all are kept
 * @param head the greatest offset read; equal to {@code lost} when nothing is kept
 */
record Extent(String epoch, long lost, long head) {
  /** Before the log was opened. */
  static final Extent NONE = new Extent("", -1, -1);

  Position position(long offset) {
    return new Position(epoch, offset);
  }

  Extent read(long offset) {
    return new Extent(epoch, lost, offset);
  }

  Extent evicted(long offset) {
    return new Extent(epoch, offset, head);
  }
}
