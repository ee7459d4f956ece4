package io.hourglass.store;

import io.hourglass.window.WindowSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How windows are spread over partitions: a bucket takes the starts of 24 windows' time, so a day of hours.
 * It may hold a start or two more where a zone's offset changes.
 */
final class Buckets {
  private final WindowSpec spec;
  private final long lengthMs;

  Buckets(WindowSpec spec) {
    this.spec = spec;
    this.lengthMs = 24 * spec.sizeMs();
  }

  /** The bucket of the window that begins at {@code start}. */
  long of(long start) {
    return Math.floorDiv(start, lengthMs);
  }

  /** The bucket's window starts with {@code from <= start < to}, oldest first. */
  List<Long> starts(long bucket, long from, long to) {
    long begin = Math.max(from, bucket * lengthMs);
    long end = Math.min(to, (bucket + 1) * lengthMs);
    List<Long> starts = new ArrayList<>();
    if (begin < end) {
      long start = spec.startOf(begin);
      for (start = start < begin ? spec.endOf(start) : start; start < end; start = spec.endOf(start)) {
        starts.add(start);
      }
    }
    return starts;
  }
}
