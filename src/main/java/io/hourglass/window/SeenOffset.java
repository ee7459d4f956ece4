package io.hourglass.window;

/** The highest offset of a source whose effect a key holds. */
public record SeenOffset(Source source, long offset) {}
