package io.hourglass.gather;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which keys of a shard had opened a window when the shard came here and have not been in memory since: read once from the read
 * table, it stays true for the tenure, as what opens and closes afterwards does so here. Thread-safe.
 */
final class OpenRows {
  private static final int REMEMBERED = 1_000;

  private record Hour(String pipeline, int shard, long tenure, long start) {}

  private final Map<Hour, List<String>> keys = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Hour, List<String>> eldest) {
      return size() > REMEMBERED;
    }
  };

  /** Null when it was not read yet. */
  synchronized List<String> of(String pipeline, int shard, long tenure, long start) {
    return keys.get(new Hour(pipeline, shard, tenure, start));
  }

  synchronized void put(String pipeline, int shard, long tenure, long start, List<String> open) {
    keys.put(new Hour(pipeline, shard, tenure, start), List.copyOf(open));
  }
}
