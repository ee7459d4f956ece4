package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.window.Observation;
import io.hourglass.window.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecentTest {
  private static final double[] NUMBERS = {};

  private static Observation at(long offset) {
    return new Observation(offset, 0, Watermark.NONE, NUMBERS, null);
  }

  @Test
  void aKeyIsToldWhatIsItsOwnFromAnOffsetOn() {
    Recent recent = new Recent(10, 5);
    recent.told("a", List.of(at(5), at(8)));
    recent.told("b", List.of(at(6)));
    recent.told("a", List.of(at(9)));
    assertEquals(Optional.of(List.of(at(8), at(9))), recent.since("a", 6));
    assertEquals(Optional.empty(), recent.since("a", 4));
    recent.startOver(7);
    assertEquals(Optional.of(List.of()), recent.since("a", 7));
    assertEquals(Optional.empty(), recent.since("a", 6));
  }

  @Test
  void whatIsDurableIsForgotten() {
    Recent recent = new Recent(10, 5);
    recent.told("a", List.of(at(5), at(8)));
    recent.told("b", List.of(at(6)));
    recent.told("a", List.of(at(9)));
    recent.durable(8);
    assertEquals(Optional.of(List.of(at(5), at(8), at(9))), recent.since("a", 5));
    recent.durable(9);
    assertEquals(Optional.of(List.of(at(9))), recent.since("a", 9));
    assertEquals(Optional.empty(), recent.since("a", 8));
    assertEquals(Optional.empty(), recent.since("b", 6));
  }

  /** What it answers is whole, or it says that it does not know. */
  @Test
  void whatIsForgottenIsNeverLeftOut() {
    Random random = new Random(8);
    Recent recent = new Recent(30, 0);
    Map<String, List<Observation>> all = new TreeMap<>();
    int known = 0;
    for (long offset = 0; offset < 5_000; ) {
      Map<String, List<Observation>> batch = new TreeMap<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        batch.computeIfAbsent("k" + random.nextInt(5), key -> new ArrayList<>()).add(at(offset++));
      }
      batch.forEach((key, observations) -> {
        recent.told(key, observations);
        all.computeIfAbsent(key, each -> new ArrayList<>()).addAll(observations);
      });
      String key = "k" + random.nextInt(5);
      long first = offset - random.nextInt(40);
      List<Observation> expected = all.getOrDefault(key, List.of()).stream().filter(each -> each.offset() >= first).toList();
      Optional<List<Observation>> found = recent.since(key, first);
      found.ifPresent(some -> assertEquals(expected, some));
      known += found.isPresent() ? 1 : 0;
    }
    assertEquals(true, known > 300, "known: " + known);
  }
}
