package io.hourglass.window;

/**
 * What a closed window adds to a baseline.
 *
 * @param series what is sampled, by the name that rules have for it, and over which season
 * @param slot place in the season: hour of the day, or day of the week × 24 + hour
 */
public record Sample(String series, int slot, double value) {}
