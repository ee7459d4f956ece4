package io.hourglass.window;

import java.util.List;

/**
 * One window of many keys, added up, as it is sent.
 *
 * @param late events that came after the close
 * @param leftOut aggregates that could not be added up, {@code bytes.p95}
 */
public record TotalData(TallyData tally, long late, List<String> leftOut) {}
