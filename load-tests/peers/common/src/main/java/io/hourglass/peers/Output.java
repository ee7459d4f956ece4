package io.hourglass.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A record of the results: its key is the entity key and then the window's start as eight bytes, as Kafka Streams writes
 * windowed keys; its value an {@link Aggregate}. The last record of a key and window counts.
 */
public final class Output {
  private Output() {}

  public static byte[] key(String entity, long startMs) {
    var name = entity.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + Long.BYTES).put(name).putLong(startMs).array();
  }
}
