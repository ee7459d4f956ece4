package io.hourglass.window;

import java.util.Map;

/** A window's tally as it is stored: its start, its events, its measures by name. */
public record TallyData(long start, long count, Map<String, MeasureData> measures) {}
