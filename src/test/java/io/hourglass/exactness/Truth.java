package io.hourglass.exactness;

import io.hourglass.window.WindowSpec;
import io.hourglass.window.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The oracle: one pass over the log, no crash, no message, no state but counts. */
record Truth(Map<String, Map<Long, Long>> counts, Map<String, Map<Long, Long>> late, List<Event> inTime) {

  /** A record of the simulated partition; its offset is its place. */
  record Event(String key, long timestamp) {}

  static Truth of(List<Event> log, WindowSpec spec) {
    Truth truth = new Truth(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    Watermark watermark = new Watermark(spec.outOfOrdernessMs(), Watermark.NONE);
    for (Event event : log) {
      long start = spec.startOf(event.timestamp());
      boolean isLate = spec.closed(start, watermark.observe(event.timestamp()));
      (isLate ? truth.late : truth.counts)
          .computeIfAbsent(event.key(), key -> new TreeMap<>())
          .merge(start, 1L, Long::sum);
      if (!isLate) {
        truth.inTime.add(event);
      }
    }
    return truth;
  }

  /** Events of the key that were counted, with {@code from <= timestamp < to}. */
  long between(String key, long from, long to) {
    return inTime.stream().filter(each -> each.key().equals(key) && each.timestamp() >= from && each.timestamp() < to).count();
  }
}
