package io.hourglass.ingest;

import io.hourglass.window.Observation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the keys of a partition were told lately, message by message, so that a key that lost some of it can be told again
 * without the partition going back for it. Plain Java, not for several threads.
 */
final class Recent {
  private record Told(String key, List<Observation> observations) {
    long last() {
      return observations.get(observations.size() - 1).offset();
    }
  }

  private final int most;
  private final Map<String, Deque<Told>> byKey = new HashMap<>();
  /** In the order of telling. */
  private final Deque<Told> all = new ArrayDeque<>();
  private int size;
  /** Everything that any key was told from this offset on is here. */
  private long from;

  /** @param most observations to remember, and at least the newest message; @param position where telling begins */
  Recent(int most, long position) {
    this.most = most;
    this.from = position;
  }

  /** @param observations of a message, ascending; not empty, and not changed any more */
  void told(String key, List<Observation> observations) {
    Told told = new Told(key, observations);
    byKey.computeIfAbsent(key, absent -> new ArrayDeque<>(4)).addLast(told);
    all.addLast(told);
    size += observations.size();
    while (size > most) {
      forgetOldest();
    }
  }

  /** Everything below {@code offset} is durable: nobody is told that again. */
  void durable(long offset) {
    while (!all.isEmpty() && all.getFirst().last() < offset) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    Told oldest = all.removeFirst();
    size -= oldest.observations().size();
    from = Math.max(from, oldest.last() + 1);
    Deque<Told> ofKey = byKey.get(oldest.key());
    ofKey.removeFirst();
    if (ofKey.isEmpty()) {
      byKey.remove(oldest.key());
    }
  }

  /**
   * Everything that {@code key} was told from offset {@code first} on, ascending; empty when some of it is forgotten. A key's
   * messages are forgotten oldest first: what reaches back to {@code first} is whole.
   */
  Optional<List<Observation>> since(String key, long first) {
    Deque<Told> told = byKey.get(key);
    boolean reachesBack = told != null && told.getFirst().observations().get(0).offset() <= first;
    if (!reachesBack && first < from) {
      return Optional.empty();
    }
    List<Observation> since = new ArrayList<>();
    for (Told each : told == null ? new ArrayDeque<Told>() : told) {
      each.observations().stream().filter(observation -> observation.offset() >= first).forEach(since::add);
    }
    return Optional.of(since);
  }

  /** Forgets everything; telling begins anew at {@code position}. */
  void startOver(long position) {
    byKey.clear();
    all.clear();
    size = 0;
    from = position;
  }
}
