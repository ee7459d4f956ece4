package io.hourglass.ingest;

import io.hourglass.window.Observation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the keys of a partition were told lately, so that a key that lost some of it can be told again without the partition
 * going back for it. Plain Java, not for several threads.
 */
final class Recent {
  private final int most;
  private final Map<String, Deque<Observation>> byKey = new HashMap<>();
  /** The key of each observation, in the order of telling. */
  private final Deque<String> keys = new ArrayDeque<>();
  /** Everything that was told from this offset on is here. */
  private long from;

  /** @param most observations to remember; @param position where telling begins */
  Recent(int most, long position) {
    this.most = most;
    this.from = position;
  }

  void told(String key, List<Observation> observations) {
    byKey.computeIfAbsent(key, absent -> new ArrayDeque<>(observations.size() + 1)).addAll(observations);
    observations.forEach(each -> keys.addLast(key));
    while (keys.size() > most) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    String key = keys.removeFirst();
    Deque<Observation> told = byKey.get(key);
    from = Math.max(from, told.removeFirst().offset() + 1);
    if (told.isEmpty()) {
      byKey.remove(key);
    }
  }

  /** Everything that {@code key} was told from offset {@code first} on, ascending; empty when some of it is forgotten. */
  Optional<List<Observation>> since(String key, long first) {
    Collection<Observation> told = byKey.getOrDefault(key, new ArrayDeque<>());
    return first < from ? Optional.empty() : Optional.of(told.stream().filter(each -> each.offset() >= first).toList());
  }

  /** Forgets everything; telling begins anew at {@code position}. */
  void startOver(long position) {
    byKey.clear();
    keys.clear();
    from = position;
  }
}
