package io.hourglass.ingest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests of one kind to entities that have no answer yet, one a key, and how long the oldest waits. */
final class Outstanding {
  private record Request(long since, int sweep) {}

  private final Map<String, Request> requests = new LinkedHashMap<>();

  /** Notes a request to {@code key}; an older one that still waits keeps its time. */
  void asked(String key, long now, int sweep) {
    requests.putIfAbsent(key, new Request(now, sweep));
  }

  /** Notes an answer. */
  void answered(String key) {
    requests.remove(key);
  }

  /** Whether {@code key} has been asked and has not answered. */
  boolean contains(String key) {
    return requests.containsKey(key);
  }

  /** Whether an answer has been waited for since {@code before} or longer. */
  boolean waitsSince(long before) {
    Iterator<Request> oldest = requests.values().iterator();
    return oldest.hasNext() && oldest.next().since() <= before;
  }

  /** The keys that have been waited for since {@code before} or longer, oldest first. */
  List<String> waitingSince(long before) {
    return requests.entrySet().stream().takeWhile(each -> each.getValue().since() <= before).map(Map.Entry::getKey).toList();
  }

  /** Whether something was asked before {@code sweep} began. */
  boolean askedBefore(int sweep) {
    return requests.values().stream().anyMatch(request -> request.sweep() < sweep);
  }

  int size() {
    return requests.size();
  }

  void clear() {
    requests.clear();
  }
}
