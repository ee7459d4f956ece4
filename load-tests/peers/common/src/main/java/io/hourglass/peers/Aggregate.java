package io.hourglass.peers;

import java.nio.ByteBuffer;

/**
 * What is kept of a key's window: count, sum, least, greatest, mean and squared deviations (Welford 1962), and the value
 * that is last by event time, of two at the same time the one that came later. Mutable.
 *
 * <p>The fields are open to the serializers of the engines.
 */
public final class Aggregate {
  /** Bytes of an aggregate that is written down: eight numbers of eight bytes. */
  public static final int SIZE = 64;

  public long count;
  public double sum;
  public double min = Double.POSITIVE_INFINITY;
  public double max = Double.NEGATIVE_INFINITY;
  public double mean;
  /** Sum of (value − mean)². */
  public double squares;
  public long lastMs = Long.MIN_VALUE;
  public double last;

  public Aggregate add(long timestampMs, double value) {
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    var delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
    if (timestampMs >= lastMs) {
      lastMs = timestampMs;
      last = value;
    }
    return this;
  }

  public Aggregate copy() {
    return copyTo(new Aggregate());
  }

  public Aggregate copyTo(Aggregate other) {
    other.count = count;
    other.sum = sum;
    other.min = min;
    other.max = max;
    other.mean = mean;
    other.squares = squares;
    other.lastMs = lastMs;
    other.last = last;
    return other;
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(SIZE).putLong(count).putDouble(sum).putDouble(min).putDouble(max).putDouble(mean)
        .putDouble(squares).putLong(lastMs).putDouble(last).array();
  }

  public static Aggregate fromBytes(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var aggregate = new Aggregate();
    aggregate.count = buffer.getLong();
    aggregate.sum = buffer.getDouble();
    aggregate.min = buffer.getDouble();
    aggregate.max = buffer.getDouble();
    aggregate.mean = buffer.getDouble();
    aggregate.squares = buffer.getDouble();
    aggregate.lastMs = buffer.getLong();
    aggregate.last = buffer.getDouble();
    return aggregate;
  }
}
