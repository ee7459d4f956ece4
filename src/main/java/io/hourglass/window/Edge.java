package io.hourglass.window;

/** A value and where it stood, by which the first and the last of a window are told. */
public record Edge(long timestamp, int partition, long offset, double value) {

  /** Orders by (event time, partition, offset): the partition only breaks ties between sources. */
  boolean before(Edge other) {
    if (timestamp != other.timestamp) {
      return timestamp < other.timestamp;
    }
    return partition != other.partition ? partition < other.partition : offset < other.offset;
  }

  static Edge first(Edge one, Edge other) {
    return one == null || (other != null && other.before(one)) ? other : one;
  }

  static Edge last(Edge one, Edge other) {
    return one == null || (other != null && one.before(other)) ? other : one;
  }
}
