package io.hourglass.gather;

import io.hourglass.entity.CborMessage;
import io.hourglass.query.RankedKey;
import io.hourglass.query.WholeWindow.Missing;
import io.hourglass.window.TotalData;
import java.util.List;
import java.util.Set;

/**
 * A node's part of a window.
 *
 * @param shards it answers for
 * @param silent shards that may be here and do not say so
 * @param total null when a ranking was asked for
 */
public record Part(
    Set<Integer> shards, Set<Integer> silent, long keys, long open, List<RankedKey> ranked, TotalData total, List<Missing> missing)
    implements CborMessage {

  /** Of a node that holds nothing. */
  static Part none() {
    return new Part(Set.of(), Set.of(), 0, 0, List.of(), null, List.of());
  }
}
