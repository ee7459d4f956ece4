package io.hourglass.store;

import io.hourglass.window.StoredWindow;

/**
 * What is left of a key's windows of one bucket and one day of the pipeline's zone.
 *
 * @param total begins with the first window, ends with the last
 * @param windows how many there were
 */
public record DayPart(String key, StoredWindow total, int windows) {}
