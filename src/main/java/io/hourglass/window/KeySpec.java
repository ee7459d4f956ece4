package io.hourglass.window;

import java.util.List;

/**
 * What every key of a pipeline keeps.
 *
 * @param panes of the rolling window
 * @param retentionMs how far behind the watermark late counts of closed windows are remembered
 */
public record KeySpec(WindowSpec window, PaneSpec panes, List<MeasureSpec> measures, long retentionMs) {

  public KeySpec {
    measures = List.copyOf(measures);
  }
}
