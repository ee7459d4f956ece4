package io.hourglass.retention;

import io.hourglass.query.Resolution;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.DayPart;
import io.hourglass.store.KeyRow;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the windows of a bucket up to days of the pipeline's zone, key by key: what {@code resolution=day} tells of the days is
 * what it told of the windows. Rows come in the order of their start. Not for several threads.
 */
final class BucketFold {
  private record Place(String key, long day) {}

  private static final class Day {
    private final KeysTotal total;
    private long end;
    private long watermark = Long.MIN_VALUE;
    private boolean byClock;
    private int windows;

    Day(KeysTotal total) {
      this.total = total;
    }

    void add(StoredWindow stored) {
      WindowResult window = stored.window();
      total.add(stored);
      end = window.end();
      watermark = Math.max(watermark, window.watermark());
      byClock |= "wallclock".equals(window.closedBy());
      windows++;
    }

    DayPart part(String key) {
      return new DayPart(key, total.stored(end, byClock ? "wallclock" : "watermark", watermark), windows);
    }
  }

  private final Pipeline pipeline;
  private final Map<Place, Day> days = new LinkedHashMap<>();
  private int open;

  BucketFold(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  void add(KeyRow row) {
    WindowResult window = row.window();
    if (!window.closed()) {
      open++;
      return;
    }
    Place place = new Place(row.key(), Resolution.DAY.startOf(window.start(), pipeline.window().zone()));
    days.computeIfAbsent(place, any -> new Day(KeysTotal.ofOneKey(pipeline.keys(), window.start()))).add(row.stored());
  }

  /** Windows that were opened and are not closed: as long as there are any, the bucket is not whole. */
  int open() {
    return open;
  }

  int windows() {
    return days.values().stream().mapToInt(day -> day.windows).sum();
  }

  List<DayPart> parts() {
    return days.entrySet().stream().map(each -> each.getValue().part(each.getKey().key())).toList();
  }
}
