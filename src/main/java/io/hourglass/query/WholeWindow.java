package io.hourglass.query;

import io.hourglass.window.KeysTotal;
import java.util.List;

/**
 * One window of all keys.
 *
 * @param keys how many have something in it
 * @param open for how many of them it is open
 * @param ranked those in the first places; empty when no ranking was asked for
 * @param total all of them added up; null when a ranking was asked for
 * @param missing who did not answer; empty: nobody
 */
public record WholeWindow(long keys, long open, List<RankedKey> ranked, KeysTotal total, List<Missing> missing) {

  /**
   * What an answer lacks.
   *
   * @param shard null when it is a node that did not answer
   * @param node null when it is a shard
   * @param keys how many of the shard's keys; null: all that are not known otherwise
   */
  public record Missing(Integer shard, String node, Long keys, String reason) {}

  public boolean complete() {
    return missing.isEmpty();
  }
}
