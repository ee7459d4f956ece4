package io.hourglass.exactness;

import io.hourglass.window.WindowsAdvanced;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The journal of a key as Cassandra keeps it: events by their number; those of several writers that have the
 * same one stand side by side, in the order of clocks that may be wrong.
 */
final class SimulatedJournal {
  private final Random random;
  private final List<Row> rows = new ArrayList<>();

  SimulatedJournal(Random random) {
    this.random = random;
  }

  record Row(int number, WindowsAdvanced event) {}

  void add(int number, WindowsAdvanced event) {
    int first = (int) rows.stream().filter(row -> row.number() < number).count();
    int same = (int) rows.stream().filter(row -> row.number() == number).count();
    rows.add(first + (same == 0 ? 0 : random.nextInt(same + 1)), new Row(number, event));
  }

  /** Number of the newest event; 0 when there is none. */
  int last() {
    return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).number();
  }

  List<WindowsAdvanced> after(int number) {
    return rows.stream().filter(row -> row.number() > number).map(Row::event).toList();
  }

  /** What is left when of two events that follow the same one the later read counts, and the other's line is dropped. */
  static List<WindowsAdvanced> ofLastWriters(List<WindowsAdvanced> events) {
    List<WindowsAdvanced> kept = new ArrayList<>();
    Set<Long> dropped = new LinkedHashSet<>();
    for (WindowsAdvanced event : events) {
      if (dropped.contains(event.follows())) {
        dropped.add(event.id());
      } else {
        kept.stream().filter(other -> other.follows() == event.follows()).forEach(other -> dropped.add(other.id()));
        kept.removeIf(other -> other.follows() == event.follows());
        kept.add(event);
      }
    }
    return kept;
  }
}
