package io.hourglass.window;

/**
 * One decoded event of one key.
 *
 * @param offset where it stands in its source
 * @param timestamp event time, epoch milliseconds
 * @param watermark the watermark that holds at this offset, epoch milliseconds; lateness is judged
 *     against it, so a replay that cuts the log into other batches decides the same
 * @param numbers one entry per measure in the pipeline's order, NaN where the event lacks the field
 * @param texts one entry per measure, null where the event lacks the field; null as a whole when no
 *     measure of the pipeline counts distinct values
 */
public record Observation(long offset, long timestamp, long watermark, double[] numbers, String[] texts) {

  public Observation at(long newWatermark) {
    return new Observation(offset, timestamp, newWatermark, numbers, texts);
  }
}
