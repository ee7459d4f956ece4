package io.hourglass.window;

import java.util.List;

/**
 * What every key of a pipeline keeps.
 *
 * @param severalSources whether a key's events may come from several partitions at a time: then which watermark
 *     closed a window does not follow from the log alone and is recorded
 * @param retentionMs how far behind the watermark late counts of closed windows are remembered
 */
public record KeySpec(WindowSpec window, List<MeasureSpec> measures, boolean severalSources, long retentionMs) {

  /** For keys whose events come from one partition at a time. */
  public KeySpec(WindowSpec window, List<MeasureSpec> measures, long retentionMs) {
    this(window, measures, false, retentionMs);
  }

  public KeySpec {
    measures = List.copyOf(measures);
  }
}
