package io.hourglass.entity;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Where the shards of a pipeline belong: on the node that reads their partition. A shard whose reader is not known, or has
 * no place for shards yet, goes to the node of the newest version that has the fewest, as Akka's own strategy has it.
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
   * One in so many of a pipeline's shards may be on its way at a time: nobody answers for them until the coordinator has
   * written two changes of each, one after the other, and whoever takes them has read their keys again. A node that has just
   * started does so slowly: with twice as many at a time a question waited twice as long on two cores that had little to spare.
   */
  private static final int WAVES = 64;
  /** A shard that was sent away and has not arrived is not waited for any longer. */
  private static final long PATIENCE_MS = 5_000;

  private final int shards;
  private final IntFunction<Optional<String>> readers;
  /** Shards that were sent away and have not arrived yet, and until when they are waited for. */
  private final Map<Integer, Long> underWay = new HashMap<>();

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
    return reader(shard, seats).or(() -> seats.stream()
        .min(Comparator.<Seat<V>, Boolean>comparing(seat -> !seat.staying())
            .thenComparing(Seat::version, Comparator.reverseOrder())
            .thenComparing(seat -> seat.shards().size()))
        .map(Seat::node));
  }

  /** The reader of a shard's partition, if it is known and remains. */
  private Optional<String> reader(int shard, Collection<Seat<V>> seats) {
    return readers.apply(shard).filter(node -> seats.stream().anyMatch(seat -> seat.staying() && seat.node().equals(node)));
  }

  /**
   * The shards to move now: those whose reader is another node, not all at once.
   *
   * @param moving shards that are on their way
   * @param nowMs of a clock that only goes on
   */
  Set<Integer> moves(Collection<Seat<V>> seats, Set<Integer> moving, long nowMs) {
    Set<Integer> away = away(seats, moving, nowMs);
    Set<Integer> moves = seats.stream()
        .flatMap(seat -> seat.shards().stream().filter(shard -> reader(shard, seats).filter(reader -> !reader.equals(seat.node())).isPresent()))
        .filter(shard -> !away.contains(shard))
        .sorted()
        .limit(Math.max(0, Math.max(1, shards / WAVES) - away.size()))
        .collect(Collectors.toSet());
    moves.forEach(shard -> underWay.put(shard, nowMs + PATIENCE_MS));
    return moves;
  }

  private Set<Integer> away(Collection<Seat<V>> seats, Set<Integer> moving, long nowMs) {
    underWay.entrySet().removeIf(each -> nowMs > each.getValue()
        || !moving.contains(each.getKey()) && seats.stream().anyMatch(seat -> seat.shards().contains(each.getKey())));
    Set<Integer> away = new HashSet<>(moving);
    away.addAll(underWay.keySet());
    return away;
  }
}
