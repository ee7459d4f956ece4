package io.hourglass.ingest;

import io.hourglass.entity.CborMessage;

/**
 * How a partition stands, told to every node.
 *
 * @param partitions how many the topic has, as its reader knows
 * @param stride of the topic's {@link Feeds} as its reader knows; 0 from an older version
 * @param watermark the partition's watermark at {@code position}
 * @param committedWatermark its watermark at {@code committed}: no event still on its way is held to a lower one
 * @param position the next offset to read
 * @param committed everything below is durable
 * @param end the partition's end when last asked
 * @param idle without input for long and at its end: left out of the pipeline's watermark
 */
public record PartitionReport(
    String pipeline,
    int partition,
    int partitions,
    String node,
    long watermark,
    long committedWatermark,
    long position,
    long committed,
    long end,
    boolean idle,
    int stride)
    implements CborMessage {

  /** What the reader knows of the topic; an older version does not say, so any partition may feed any key. */
  Feeds feeds() {
    return new Feeds(partitions, Math.max(1, stride));
  }
}
