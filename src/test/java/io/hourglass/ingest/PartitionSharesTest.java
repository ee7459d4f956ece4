package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionSharesTest {

  /** A group that is shared out anew whenever a member comes or goes. */
  private static final class Group {
    private final int partitions;
    private final Map<String, Integer> versions = new TreeMap<>();
    private final int[] moves;
    private Map<Integer, String> owners = Map.of();

    Group(int partitions) {
      this.partitions = partitions;
      this.moves = new int[partitions];
    }

    Group join(String member, int version) {
      versions.put(member, version);
      return share();
    }

    Group leave(String member) {
      versions.remove(member);
      return share();
    }

    private Group share() {
      PartitionShares<Integer> shares = new PartitionShares<>(partitions);
      versions.forEach(shares::member);
      versions.keySet().forEach(member -> shares.held(member, owners.entrySet().stream()
          .filter(each -> each.getValue().equals(member)).map(Map.Entry::getKey).toList()));
      Map<Integer, String> before = owners;
      owners = new HashMap<>(shares.shared());
      owners.forEach((partition, owner) -> moves[partition] += before.isEmpty() || owner.equals(before.get(partition)) ? 0 : 1);
      return this;
    }

    List<Long> counts() {
      return versions.keySet().stream().map(member -> owners.values().stream().filter(member::equals).count()).toList();
    }
  }

  @Test
  void sharesDifferByOneAndFewMove() {
    Group group = new Group(8).join("a", 1).join("b", 1);
    assertEquals(List.of(4L, 4L), group.counts());
    group.join("c", 1);
    assertEquals(List.of(3L, 3L, 2L), group.counts());
    assertEquals(4 + 2, IntStream.of(group.moves).sum());
    group.leave("b");
    assertEquals(List.of(4L, 4L), group.counts());
  }

  @Test
  void whoComesWithANewerVersionGetsWhatTheLeaverLeaves() {
    Group group = new Group(8).join("a", 1).join("b", 1).join("c", 1);
    Map<Integer, String> before = group.owners;
    group.join("d", 2);
    assertEquals(before, group.owners);
    group.leave("a");
    assertEquals(List.of(3L, 2L, 3L), group.counts());
  }

  /** A new node first, then an old one goes: each partition moves once. */
  @Test
  void inARolloutThatSurgesEachPartitionMovesOnce() {
    Group group = new Group(8).join("a", 1).join("b", 1).join("c", 1);
    int[] atFirst = group.moves.clone();
    group.join("d", 2).leave("a").join("e", 2).leave("b").join("f", 2).leave("c");
    for (int partition = 0; partition < 8; partition++) {
      assertEquals(1, group.moves[partition] - atFirst[partition]);
    }
    assertTrue(Collections.max(group.counts()) - Collections.min(group.counts()) <= 1, group.counts().toString());
  }

  /** An old node goes first: two moves, but for those that even the shares out in the end. */
  @Test
  void inARolloutThatReplacesFewPartitionsMoveMoreThanTwice() {
    Group group = new Group(8).join("a", 1).join("b", 1).join("c", 1);
    int[] atFirst = group.moves.clone();
    group.leave("c").join("c", 2).leave("b").join("b", 2).leave("a").join("a", 2);
    int total = 0;
    for (int partition = 0; partition < 8; partition++) {
      int moved = group.moves[partition] - atFirst[partition];
      assertTrue(moved >= 1 && moved <= 3, partition + " moved " + moved);
      total += moved;
    }
    assertTrue(total <= 14, "in all " + total);
    assertTrue(Collections.max(group.counts()) - Collections.min(group.counts()) <= 1, group.counts().toString());
  }

  @Test
  void whateverComesAndGoesEveryPartitionHasOneReaderThatIsThere() {
    Random random = new Random(5);
    for (int history = 0; history < 300; history++) {
      Group group = new Group(1 + random.nextInt(12)).join("m0", 1);
      for (int step = 1; step < 30; step++) {
        if (group.versions.size() > 1 && random.nextBoolean()) {
          group.leave(new ArrayList<>(group.versions.keySet()).get(random.nextInt(group.versions.size())));
        } else {
          group.join("m" + step, 1 + random.nextInt(2));
        }
        assertEquals(group.partitions, group.owners.size());
        assertTrue(group.versions.keySet().containsAll(group.owners.values()));
        if (group.versions.values().stream().distinct().count() == 1) {
          assertTrue(Collections.max(group.counts()) - Collections.min(group.counts()) <= 1, group.counts().toString());
        }
      }
    }
  }

  @Test
  void ofTwoThatClaimAPartitionTheFirstNamedKeepsIt() {
    PartitionShares<Integer> shares = new PartitionShares<>(2);
    shares.member("a", 1);
    shares.member("b", 1);
    shares.held("b", List.of(0, 7));
    shares.held("a", List.of(0, 1));
    assertEquals(Map.of(0, "b", 1, "a"), shares.shared());
  }

  @Test
  void aGroupOfNobodyGetsNothing() {
    assertEquals(Map.of(), new PartitionShares<Integer>(4).shared());
  }
}
