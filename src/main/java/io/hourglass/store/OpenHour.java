package io.hourglass.store;

/** A window start, epoch milliseconds, and a shard in which a source partition opened windows of it. */
public record OpenHour(long start, int shard) {}
