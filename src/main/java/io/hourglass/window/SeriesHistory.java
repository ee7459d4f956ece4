package io.hourglass.window;

import java.util.List;

/**
 * What a judge of a series has learnt, and what has come since.
 *
 * @param learnt the judge's own bytes; null when it has learnt nothing
 * @param since in order
 */
public record SeriesHistory(String series, byte[] learnt, List<SeriesPoint> since) {

  /** Makes bytes of what has come since. */
  @FunctionalInterface
  public interface Learning {
    byte[] learn(byte[] learnt, List<SeriesPoint> since);
  }

  SeriesHistory compacted(Learning learning, int most) {
    return since.size() < most ? this : new SeriesHistory(series, learning.learn(learnt, since), List.of());
  }
}
