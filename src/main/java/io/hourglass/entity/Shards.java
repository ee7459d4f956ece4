package io.hourglass.entity;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which shard a key belongs to: murmur2 of its UTF-8 bytes, the hash of Kafka's own partitioner. */
public final class Shards {
  private Shards() {}

  public static int of(String key, int shards) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % shards;
  }

  /** Whether every shard belongs to one partition, so that events need not cross the network. */
  public static boolean aligned(int shards, int partitions) {
    return shards % partitions == 0;
  }
}
