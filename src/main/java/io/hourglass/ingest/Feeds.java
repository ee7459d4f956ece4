package io.hourglass.ingest;

import java.util.stream.IntStream;

/**
 * Which partitions of a topic may hold events of the same key: those that stand a multiple of {@code stride} apart.
 *
 * <p>When the key is a field of the event, any may: 1. When it is the record key, the producer's partitioner puts a key
 * in the partition {@code hash mod partitions}, so none do as long as the topic has what it had at first. Once it has
 * grown from 4 to 8, a key of partition 1 may have events in 1 and 5: the greatest number that divides all counts it
 * ever had.
 *
 * @param partitions how many the topic has
 * @param stride from 1 to {@code partitions}
 */
public record Feeds(int partitions, int stride) {

  /** A topic that has never grown, read by record key. */
  public static Feeds ofRecordKeys(int partitions) {
    return new Feeds(partitions, partitions);
  }

  /** A topic whose events have their key in a field. */
  public static Feeds ofFields(int partitions) {
    return new Feeds(partitions, 1);
  }

  /** Both known: the topic has had what either says. */
  public Feeds and(Feeds other) {
    return new Feeds(Math.max(partitions, other.partitions), gcd(stride, gcd(other.stride, other.partitions)));
  }

  /** The stride that was known once, 0 when it was not, is known too. */
  public Feeds andStride(int known) {
    return new Feeds(partitions, gcd(stride, known));
  }

  private static int gcd(int one, int other) {
    return other == 0 ? one : gcd(other, one % other);
  }

  /** Whether keys may have events in several partitions. */
  public boolean mixed() {
    return stride < partitions;
  }

  /** The others that may hold events of the keys of {@code partition}. */
  public IntStream others(int partition) {
    return IntStream.iterate(partition % stride, each -> each < partitions, each -> each + stride).filter(each -> each != partition);
  }
}
