package io.hourglass.gather;

import io.hourglass.query.RankedKey;
import io.hourglass.query.Ranking;
import io.hourglass.query.WholeWindow;
import io.hourglass.query.WholeWindow.Missing;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.TotalData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Parts of a window put together. Not for several threads. */
final class PartSum {
  private final Places places;
  private final KeysTotal total;
  private final Set<Integer> shards = new TreeSet<>();
  private final Set<Integer> silent = new TreeSet<>();
  private final List<Missing> missing = new ArrayList<>();
  private long keys;
  private long open;

  PartSum(Pipeline pipeline, long start, Ranking ranking) {
    places = ranking == null ? null : new Places(ranking);
    total = ranking == null ? new KeysTotal(pipeline.keys(), start) : null;
  }

  void add(Part part) {
    for (int shard : part.shards()) {
      if (!shards.add(shard)) {
        missing.add(new Missing(shard, null, null, "two nodes answered for it; it is on its way from one to the other"));
      }
    }
    silent.addAll(part.silent());
    missing.addAll(part.missing());
    add(part.keys(), part.open(), part.ranked(), part.total());
  }

  void add(long moreKeys, long moreOpen, List<RankedKey> ranked, TotalData more) {
    keys += moreKeys;
    open += moreOpen;
    if (total == null) {
      ranked.forEach(places::offer);
    } else if (more != null) {
      total.add(more);
    }
  }

  void missing(Missing one) {
    missing.add(one);
  }

  /** Shards that somebody answers for. */
  Set<Integer> shards() {
    return shards;
  }

  Set<Integer> silent() {
    return silent;
  }

  Part part(Set<Integer> answered, Set<Integer> unsaid) {
    return new Part(answered, unsaid, keys, open, ranked(), total == null ? null : total.data(), List.copyOf(missing));
  }

  WholeWindow whole() {
    return new WholeWindow(keys, open, ranked(), total, List.copyOf(missing));
  }

  private List<RankedKey> ranked() {
    return places == null ? List.of() : places.list();
  }
}
