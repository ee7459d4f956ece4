package io.hourglass.window;

import java.util.Map;

/**
 * A window's tally as it is stored.
 *
 * @param partition the source partition of the first observation, which sees to the window's close
 * @param measures by name; those without a value are left out
 * @param pane start of the pane that all of it falls into; null: it has no part in a rolling window, as in the first three formats
 */
public record TallyData(long start, int partition, long count, Map<String, MeasureData> measures, Long pane) {}
