package io.hourglass.entity;

import java.util.Map;
import java.util.Set;

/**
 * Since when this node holds its shards: a number for each that is another one whenever the shard comes here again.
 *
 * @param silent shards that did not say in time whether they are here
 */
public record Tenures(Map<Integer, Long> held, Set<Integer> silent) {

  /** Whether a shard has been here without a break from then to now. */
  public boolean unbroken(int shard, Tenures now) {
    return held.containsKey(shard) && held.get(shard).equals(now.held.get(shard));
  }
}
