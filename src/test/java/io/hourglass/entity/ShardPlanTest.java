package io.hourglass.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.entity.ShardPlan.Seat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardPlanTest {
  private long now;
  private final Map<Integer, String> readers = new HashMap<>();
  private final ShardPlan<Integer> plan = new ShardPlan<>(128, shard -> Optional.ofNullable(readers.get(shard)));

  private static Seat<Integer> seat(String node, int version, Integer... shards) {
    return new Seat<>(node, version, true, List.of(shards));
  }

  private static Seat<Integer> leaving(String node, Integer... shards) {
    return new Seat<>(node, 1, false, List.of(shards));
  }

  @Test
  void aShardBelongsToTheReaderOfItsPartition() {
    readers.put(3, "b");
    assertEquals(Optional.of("b"), plan.home(3, List.of(seat("a", 1), seat("b", 1, 1, 2))));
  }

  @Test
  void withoutAReaderItGoesToTheNewestThatHasFewest() {
    assertEquals(Optional.of("a"), plan.home(3, List.of(seat("a", 1, 1), seat("b", 1, 2, 4))));
    assertEquals(Optional.of("b"), plan.home(3, List.of(seat("a", 1), seat("b", 2, 2, 4))));
    readers.put(3, "gone");
    assertEquals(Optional.of("b"), plan.home(3, List.of(seat("a", 1), seat("b", 2, 2, 4))));
    assertEquals(Optional.empty(), plan.home(3, List.of()));
  }

  @Test
  void aNodeThatLeavesGetsAShardOnlyWhenThereIsNoOther() {
    readers.put(3, "a");
    assertEquals(Optional.of("b"), plan.home(3, List.of(leaving("a"), seat("b", 1, 1, 2))));
    assertEquals(Optional.of("a"), plan.home(3, List.of(leaving("a"))));
  }

  private Set<Integer> moves(List<Seat<Integer>> seats, Set<Integer> moving) {
    return plan.moves(seats, moving, now);
  }

  @Test
  void aShardFollowsItsReader() {
    List<Seat<Integer>> seats = List.of(seat("a", 1, 1, 2, 3), seat("b", 1));
    readers.putAll(Map.of(1, "b", 2, "a"));
    assertEquals(Set.of(1), moves(seats, Set.of()));
  }

  @Test
  void nothingMovesToAReaderThatLeavesOrHasNoPlaceYet() {
    readers.putAll(Map.of(1, "b", 2, "c"));
    assertEquals(Set.of(), moves(List.of(seat("a", 1, 1, 2), leaving("b")), Set.of()));
  }

  @Test
  void oneIn64OfTheShardsMovesAtATimeAndTheNextWhenThoseHaveArrived() {
    for (int shard = 0; shard < 6; shard++) {
      readers.put(shard, "b");
    }
    List<Seat<Integer>> all = List.of(seat("a", 1, 0, 1, 2, 3, 4, 5), seat("b", 1));
    assertEquals(Set.of(0, 1), moves(all, Set.of()));
    assertEquals(Set.of(), moves(all, Set.of(0, 1)));
    assertEquals(Set.of(), moves(List.of(seat("a", 1, 2, 3, 4, 5), seat("b", 1)), Set.of()));
    assertEquals(Set.of(2), moves(List.of(seat("a", 1, 2, 3, 4, 5), seat("b", 1, 0)), Set.of()));
    assertEquals(Set.of(3, 4), moves(List.of(seat("a", 1, 3, 4, 5), seat("b", 1, 0, 1, 2)), Set.of()));
  }

  @Test
  void aShardThatDoesNotArriveIsNotWaitedForForEver() {
    readers.putAll(Map.of(0, "b", 1, "b", 2, "b"));
    assertEquals(Set.of(0, 1), moves(List.of(seat("a", 1, 0, 1, 2), seat("b", 1)), Set.of()));
    now = 5_000;
    assertEquals(Set.of(), moves(List.of(seat("a", 1, 2), seat("b", 1)), Set.of()));
    now = 5_001;
    assertEquals(Set.of(2), moves(List.of(seat("a", 1, 2), seat("b", 1)), Set.of()));
  }
}
