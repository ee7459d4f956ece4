package io.hourglass.window;

/** An event that came after its window had closed: which window, its time, where it stands. */
public record LateEvent(long start, long timestamp, Source source, long offset) {}
