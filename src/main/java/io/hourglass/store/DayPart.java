package io.hourglass.store;

import io.hourglass.window.StoredWindow;
import java.util.List;

/**
 * What is left of a key's windows of one bucket and one day of the pipeline's zone.
 *
 * @param day its start, epoch milliseconds
 * @param total begins with the first window, ends with the last
 * @param starts of the windows it sums up, in order
 */
public record DayPart(String key, long day, StoredWindow total, List<Long> starts) {}
