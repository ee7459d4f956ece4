package io.hourglass.gather;

import io.hourglass.query.RankedKey;
import io.hourglass.query.Ranking;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first places of a ranking, in a heap of no more than these, the last of them on top. Not for several threads. */
final class Places {
  private final Comparator<RankedKey> order;
  private final PriorityQueue<RankedKey> heap;
  private final int limit;
  private final boolean descending;

  Places(Ranking ranking) {
    limit = ranking.limit();
    descending = ranking.descending();
    order = RankedKey.order(descending);
    heap = new PriorityQueue<>(order.reversed());
  }

  void offer(String key, double value, long count, boolean closed) {
    if (Double.isNaN(value) || heap.size() == limit && outside(value)) {
      return;
    }
    offer(new RankedKey(key, value, count, closed));
  }

  /** Most keys are outside; no object is made for them. */
  private boolean outside(double value) {
    double last = heap.peek().value();
    return descending ? value < last : value > last;
  }

  void offer(RankedKey key) {
    heap.add(key);
    if (heap.size() > limit) {
      heap.remove();
    }
  }

  List<RankedKey> list() {
    return heap.stream().sorted(order).toList();
  }
}
