package io.hourglass.store;

/** Where a window's row stands: {@code partition} is the source partition that opened it. */
public record WindowRow(String pipeline, String key, int shard, int partition, long start, long end) {}
