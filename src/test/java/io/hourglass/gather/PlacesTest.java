package io.hourglass.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.query.RankedKey;
import io.hourglass.query.Ranking;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PlacesTest {

  @Property
  void theFirstPlacesOfAnyKeysInAnyOrder(@ForAll @Size(max = 60) List<@IntRange(min = -5, max = 5) Integer> values, @ForAll @IntRange(min = 1, max = 20) int limit,
      @ForAll boolean descending) {
    Places places = new Places(new Ranking("count", descending, limit));
    for (int i = 0; i < values.size(); i++) {
      places.offer("k" + i * 7 % 61, values.get(i) == 5 ? Double.NaN : values.get(i), 1, true);
    }
    List<RankedKey> expected = java.util.stream.IntStream.range(0, values.size()).filter(i -> values.get(i) != 5)
        .mapToObj(i -> new RankedKey("k" + i * 7 % 61, values.get(i), 1, true)).sorted(RankedKey.order(descending)).limit(limit).toList();
    assertEquals(expected, places.list());
  }
}
