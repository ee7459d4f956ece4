package io.hourglass.load.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;

/** What a key's window came to. {@code stddev} is the population's. */
record Hour(long count, double sum, double min, double max, double stddev, double last) {
  private static final double TOLERANCE = 1e-9;

  /** As a peer writes it: count, sum, least, greatest, mean, squared deviations, time of the last value, last value. */
  static Hour written(byte[] bytes) {
    var is = ByteBuffer.wrap(bytes);
    var count = is.getLong(0);
    return new Hour(count, is.getDouble(8), is.getDouble(16), is.getDouble(24), Math.sqrt(is.getDouble(40) / count), is.getDouble(56));
  }

  /** As a node answers it. */
  static Hour answered(JsonNode window) {
    var value = window.get("measures").get("value");
    return new Hour(window.get("count").asLong(), value.get("sum").asDouble(), value.get("min").asDouble(), value.get("max").asDouble(),
        value.get("stddev").asDouble(), value.get("last").asDouble());
  }

  /** Equal, but for what rounding does to sums: 1e-9 of them. */
  boolean matches(Hour other) {
    return count == other.count && near(sum, other.sum) && min == other.min && max == other.max && near(stddev, other.stddev)
        && last == other.last;
  }

  private static boolean near(double one, double other) {
    return Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }
}
