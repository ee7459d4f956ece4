package io.hourglass.gather;

import io.hourglass.settings.Pipeline;
import io.hourglass.window.WindowSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which keys of a shard had opened a window when the shard came here and have not been in memory since: read once from the read
 * table, it stays true for the tenure, as what opens and closes afterwards does so here. But a key in memory that has closed a later
 * window forgets what it held of this one, and then only the read table knows. So this list is enough while the window runs, and
 * after that while every key in memory holds something of the window. Thread-safe.
 */
final class OpenRows {
  private static final int REMEMBERED = 1_000;
  /** The clock by which a node accepts an event may be so far ahead of that of another, in milliseconds. */
  private static final long CLOCKS_APART = 60_000;

  private record Hour(String pipeline, int shard, long tenure, long start) {}

  private final Map<Hour, List<String>> keys = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Hour, List<String>> eldest) {
      return size() > REMEMBERED;
    }
  };

  /**
   * Whether no key can have closed a later window than the one that begins at {@code start}: no event that would be accepted by
   * now, and no clock, closes the next one. What is durable lags behind what the keys know, and so proves nothing.
   *
   * @param now wall clock, epoch milliseconds
   */
  static boolean running(Pipeline pipeline, long start, long now) {
    WindowSpec window = pipeline.window();
    long latest = now + CLOCKS_APART;
    long watermark = Math.max(latest, latest + pipeline.maxAhead().toMillis() - window.outOfOrdernessMs() - 1);
    return !window.closed(window.endOf(start), watermark);
  }

  /** Null when it was not read yet. */
  synchronized List<String> of(String pipeline, int shard, long tenure, long start) {
    return keys.get(new Hour(pipeline, shard, tenure, start));
  }

  synchronized void put(String pipeline, int shard, long tenure, long start, List<String> open) {
    keys.put(new Hour(pipeline, shard, tenure, start), List.copyOf(open));
  }
}
