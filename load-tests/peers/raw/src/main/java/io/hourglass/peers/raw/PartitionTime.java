package io.hourglass.peers.raw;

import io.hourglass.peers.Hours;

/** The newest event time of a partition, and whether an event still counts. */
final class PartitionTime {
  private long newestMs = Long.MIN_VALUE;

  boolean accepts(long timestampMs) {
    if (timestampMs > newestMs) {
      newestMs = timestampMs;
      return true;
    }
    return !Hours.closed(Hours.start(timestampMs), newestMs);
  }
}
