package io.hourglass.retention;

import io.hourglass.settings.Pipeline;
import io.hourglass.store.DayPart;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.TreeSet;

/** One key's windows of a bucket and a day, added up. Not for several threads. */
final class DayFold {
  private static final String WALL_CLOCK = "wallclock";

  private final String key;
  private final long day;
  private final KeysTotal total;
  private final TreeSet<Long> starts = new TreeSet<>();
  private long end = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE;
  private boolean byClock;

  /** @param first start of the first of its windows */
  DayFold(Pipeline pipeline, String key, long day, long first) {
    this.key = key;
    this.day = day;
    this.total = KeysTotal.ofOneKey(pipeline.keys(), first);
  }

  boolean has(long start) {
    return starts.contains(start);
  }

  /** @param summed starts of the windows that {@code stored} sums up */
  void add(StoredWindow stored, List<Long> summed) {
    WindowResult window = stored.window();
    total.add(stored);
    starts.addAll(summed);
    end = Math.max(end, window.end());
    watermark = Math.max(watermark, window.watermark());
    byClock |= WALL_CLOCK.equals(window.closedBy());
  }

  int windows() {
    return starts.size();
  }

  DayPart part() {
    return new DayPart(key, day, total.stored(end, byClock ? WALL_CLOCK : "watermark", watermark), List.copyOf(starts));
  }
}
