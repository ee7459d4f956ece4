package io.hourglass.ingest;

import io.hourglass.window.Observation;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * What the keys of a partition were told lately, so that a key that lost some of it can be told again without the partition
 * going back for it. Plain Java, not for several threads.
 */
final class Recent {
  private record Told(String key, Observation observation) {}

  private final int most;
  private final ArrayDeque<Told> told = new ArrayDeque<>();
  /** Everything that was told from this offset on is here. */
  private long from;

  /** @param most observations to remember; @param position where telling begins */
  Recent(int most, long position) {
    this.most = most;
    this.from = position;
  }

  void told(String key, List<Observation> observations) {
    observations.forEach(each -> told.addLast(new Told(key, each)));
    while (told.size() > most) {
      from = Math.max(from, told.removeFirst().observation().offset() + 1);
    }
  }

  /** Everything that {@code key} was told from offset {@code first} on, ascending; empty when some of it is forgotten. */
  Optional<List<Observation>> since(String key, long first) {
    return first < from
        ? Optional.empty()
        : Optional.of(told.stream().filter(each -> each.observation().offset() >= first && each.key().equals(key)).map(Told::observation).toList());
  }

  /** Forgets everything; telling begins anew at {@code position}. */
  void startOver(long position) {
    told.clear();
    from = position;
  }
}
