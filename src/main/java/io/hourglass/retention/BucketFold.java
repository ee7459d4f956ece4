package io.hourglass.retention;

import io.hourglass.query.Resolution;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.DayPart;
import io.hourglass.store.KeyRow;
import io.hourglass.window.WindowResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Adds the windows of a bucket up to days of the pipeline's zone, key by key: what {@code resolution=day} tells of the days is
 * what it told of the windows. A window that an earlier fold had is not added again. Not for several threads.
 */
final class BucketFold {
  private record Place(String key, long day) {}

  private final Pipeline pipeline;
  private final LongPredicate within;
  private final Map<Place, DayFold> days = new LinkedHashMap<>();
  private int open;
  private boolean foreign;

  /**
   * @param within whether a window that begins then belongs to the bucket
   * @param earlier what is left of windows that were there before
   */
  BucketFold(Pipeline pipeline, LongPredicate within, List<DayPart> earlier) {
    this.pipeline = pipeline;
    this.within = within;
    earlier.forEach(part -> day(new Place(part.key(), part.day()), part.starts().get(0)).add(part.total(), part.starts()));
  }

  private DayFold day(Place place, long first) {
    return days.computeIfAbsent(place, any -> new DayFold(pipeline, place.key(), place.day(), first));
  }

  void add(KeyRow row) {
    WindowResult window = row.window();
    foreign |= !within.test(window.start());
    if (!window.closed()) {
      open++;
      return;
    }
    DayFold day = day(new Place(row.key(), Resolution.DAY.startOf(window.start(), pipeline.window().zone())), window.start());
    if (!day.has(window.start())) {
      day.add(row.stored(), List.of(window.start()));
    }
  }

  /** Windows that were opened and are not closed. */
  int open() {
    return open;
  }

  /** Whether a window does not belong to the bucket: their size was another one when they were counted. */
  boolean foreign() {
    return foreign;
  }

  int windows() {
    return days.values().stream().mapToInt(DayFold::windows).sum();
  }

  List<DayPart> parts() {
    return days.values().stream().map(DayFold::part).toList();
  }
}
