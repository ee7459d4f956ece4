package io.hourglass.entity;

import java.util.Optional;

/** Who reads the partitions of a pipeline, as far as this node has heard. */
public interface Readers {
  /** Address of the node that reads the partition of a shard; empty when it is not known for sure. */
  Optional<String> of(int shard);

  /** Whether shards belong to partitions; false when the partitions do not divide them. */
  boolean followed();
}
