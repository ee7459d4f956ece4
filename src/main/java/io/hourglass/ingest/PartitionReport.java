package io.hourglass.ingest;

import io.hourglass.entity.CborMessage;

/**
 * How a partition stands, told to every node.
 *
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
    boolean idle)
    implements CborMessage {}
