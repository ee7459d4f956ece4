package io.hourglass.event;

import io.hourglass.window.Observation;

/** What became of a record: an event for a key, one that is left out, or a dead letter. */
public sealed interface Decoded {

  long offset();

  /** An event; the observation's watermark is not yet known and is set by the ingester. */
  record Event(String key, Observation observation) implements Decoded {
    @Override
    public long offset() {
      return observation.offset();
    }
  }

  /** An event that the pipeline leaves out ({@code where}). */
  record LeftOut(long offset) implements Decoded {}

  /**
   * A record that cannot be counted.
   *
   * @param reason a short fixed word: not-json, empty, no-key, no-timestamp, too-far-ahead, wrong-type, …
   * @param detail for people: what was found and what was expected
   */
  record DeadLetter(long offset, String reason, String detail) implements Decoded {}
}
