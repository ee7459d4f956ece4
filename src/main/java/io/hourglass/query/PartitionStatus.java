package io.hourglass.query;

/**
 * How far a partition of a pipeline's topic was read.
 *
 * @param node address of the node that reads it
 * @param watermark epoch milliseconds, or null when nothing was read yet
 * @param position the next offset to read
 * @param committed the group's committed offset: everything below it is durable
 * @param end the offset the next record will get
 */
public record PartitionStatus(int partition, String node, Long watermark, long position, long committed, long end) {

  /** Records not read yet. */
  public long lag() {
    return Math.max(0, end - position);
  }
}
