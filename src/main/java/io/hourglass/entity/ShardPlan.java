package io.hourglass.entity;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Where the shards of a pipeline belong: on the node that reads their partition. A shard whose reader is not known, or has
 * no place for shards yet, goes to the node of the newest version that has the fewest, as with Akka's own strategy.
 * Plain Java, not for several threads.
 *
 * @param <V> what versions are, in their order
 */
final class ShardPlan<V extends Comparable<V>> {
  /**
   * A node that can hold shards.
   *
   * @param staying whether it is to remain: up, reachable, not on its way out
   */
  record Seat<V>(String node, V version, boolean staying, Collection<Integer> shards) {}

  /**
   * One in so many of a pipeline's shards may be on its way at a time: nobody answers for them, and whoever takes them has
   * to read their keys again.
   */
  private static final int WAVES = 16;
  /** A shard that was sent away may be nowhere for so many looks: nobody may need it. */
  private static final int PATIENCE = 8;

  private final int shards;
  private final IntFunction<Optional<String>> readers;
  /** The readers of shards that were not where they belong when last looked at. */
  private Map<Integer, String> drawn = new TreeMap<>();
  /** Shards that were sent away and have not arrived yet, and for how many more looks they are waited for. */
  private final Map<Integer, Integer> underWay = new HashMap<>();

  /**
   * @param shards how many the pipeline has
   * @param readers the node that reads the partition of a shard, if that is known
   */
  ShardPlan(int shards, IntFunction<Optional<String>> readers) {
    this.shards = shards;
    this.readers = readers;
  }

  /** The node for a shard that is nowhere; empty when there is none. */
  Optional<String> home(int shard, Collection<Seat<V>> seats) {
    Optional<String> reader = readers.apply(shard).filter(node -> seats.stream().anyMatch(seat -> seat.staying() && seat.node().equals(node)));
    return reader.or(() -> seats.stream()
        .min(Comparator.<Seat<V>, Boolean>comparing(seat -> !seat.staying())
            .thenComparing(Seat::version, Comparator.reverseOrder())
            .thenComparing(seat -> seat.shards().size()))
        .map(Seat::node));
  }

  /**
   * The shards to move now: those whose reader is another node and was so when last asked. Twice, because a partition
   * may have two readers for a moment, when one has not noticed yet that it went to the other. Not all at once.
   *
   * @param moving shards that are on their way
   */
  Set<Integer> moves(Collection<Seat<V>> seats, Set<Integer> moving) {
    Map<Integer, String> drawnBefore = drawn;
    drawn = new TreeMap<>();
    seats.forEach(seat -> seat.shards().forEach(shard -> draw(shard, seat.node(), seats)));
    Set<Integer> away = away(seats, moving);
    Set<Integer> moves = drawn.keySet().stream()
        .filter(shard -> !away.contains(shard) && drawn.get(shard).equals(drawnBefore.get(shard)))
        .limit(Math.max(0, Math.max(1, shards / WAVES) - away.size()))
        .collect(Collectors.toSet());
    moves.forEach(shard -> underWay.put(shard, PATIENCE));
    return moves;
  }

  private Set<Integer> away(Collection<Seat<V>> seats, Set<Integer> moving) {
    underWay.replaceAll((shard, looks) -> looks - 1);
    underWay.entrySet().removeIf(each -> each.getValue() < 0
        || !moving.contains(each.getKey()) && seats.stream().anyMatch(seat -> seat.shards().contains(each.getKey())));
    Set<Integer> away = new HashSet<>(moving);
    away.addAll(underWay.keySet());
    return away;
  }

  private void draw(int shard, String node, Collection<Seat<V>> seats) {
    readers.apply(shard).filter(reader -> !reader.equals(node) && home(shard, seats).filter(reader::equals).isPresent())
        .ifPresent(reader -> drawn.put(shard, reader));
  }
}
