package io.hourglass.load;

import io.hourglass.services.Await;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Follows a node until it reads every partition again, and until every event is durable. */
final class ComeBack {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Api api;
  private final long events;
  private final int partitions;
  private final long start = System.nanoTime();
  private final Map<Integer, Long> before;

  /** Seconds since the start. */
  record Times(double moving, double durable) {}

  /** Starts the clock. @param events how many the topic holds */
  ComeBack(Api api, long events, int partitions) {
    this.api = api;
    this.events = events;
    this.partitions = partitions;
    this.before = new TreeMap<>(api.committed());
  }

  Times untilDurable() {
    Await.until("all partitions move", PATIENCE, this::moving);
    double moving = seconds();
    Await.until("all is durable", PATIENCE, () -> api.progress().filter(now -> now.end() >= events && now.durable()).isPresent());
    return new Times(moving, seconds());
  }

  private boolean moving() {
    Map<Integer, Long> now = api.committed();
    return now.size() == partitions && now.entrySet().stream().allMatch(each -> each.getValue() > before.getOrDefault(each.getKey(), 0L));
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
