package io.hourglass.ingest;

import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;

/**
 * The event time of a partition: its own watermark, and the one that holds for keys that other partitions feed
 * too. Both only go forward, but in a rewind, which takes them back to what was committed.
 */
final class PartitionTime {
  private final WindowSpec window;
  private Watermark own;
  private long effective;

  PartitionTime(WindowSpec window, Mark restored) {
    this.window = window;
    this.own = new Watermark(window.outOfOrdernessMs(), restored.watermark());
    this.effective = Math.min(restored.watermark(), restored.effective());
  }

  /** The partition's watermark. */
  long own() {
    return own.current();
  }

  /** Takes an event's time; returns the watermark its key is to judge it by. */
  long observe(long timestamp, long others) {
    own.observe(timestamp);
    return effective(others);
  }

  /** The pipeline's watermark as far as it is known here. */
  long effective(long others) {
    effective = Math.max(effective, Math.min(own.current(), others));
    return effective;
  }

  /** The pipeline's watermark as it was last known. */
  long effective() {
    return effective;
  }

  /** Goes back to the watermark at a commit. */
  void back(long committed) {
    own = new Watermark(window.outOfOrdernessMs(), committed);
    effective = Math.min(effective, committed);
  }
}
