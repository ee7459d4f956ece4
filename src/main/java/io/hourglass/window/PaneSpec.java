package io.hourglass.window;

/**
 * Panes: what a rolling window is put together from. They are aligned to the epoch and need not fit into windows. Li et al.,
 * "No pane, no gain" (SIGMOD Record 34/1, 2005).
 *
 * @param sizeMs of a pane
 * @param lengthMs of the rolling window, a multiple of the size; 0: no panes are kept
 */
public record PaneSpec(long sizeMs, long lengthMs) {
  /** No rolling window. */
  public static final PaneSpec OFF = new PaneSpec(1, 0);

  public boolean off() {
    return lengthMs == 0;
  }

  /** Start of the pane that holds {@code timestamp}. */
  long startOf(long timestamp) {
    return Math.floorDiv(timestamp, sizeMs) * sizeMs;
  }

  /** Start of the first pane of a rolling window of {@code length} whose last pane begins at {@code last}. */
  long first(long last, long length) {
    return last + sizeMs - length;
  }

  /** The same for the longest one there is: panes before it are never looked at again. */
  long first(long last) {
    return last == Long.MIN_VALUE ? last : first(last, lengthMs);
  }
}
