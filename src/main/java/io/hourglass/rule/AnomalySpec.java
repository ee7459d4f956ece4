package io.hourglass.rule;

/**
 * A rule about what is odd in a series of closed windows.
 *
 * @param measure a variable of the window, {@code bytes.mean}
 * @param sensitivity in [0, 1]: the higher, the more is found, and the more false alarms there are
 */
public record AnomalySpec(String measure, double sensitivity) {}
