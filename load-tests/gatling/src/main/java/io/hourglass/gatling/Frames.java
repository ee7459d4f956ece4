package io.hourglass.gatling;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The frames of alerts that subscribers got, compared with the events that were sent to cause them. Frames of other events
 * are left aside. For any number of threads.
 */
final class Frames {
  private static final String ALERT = "{\"type\":\"alert\"";
  private static final String FIRING = "\"status\":\"firing\"";
  private static final String KEY = "\"key\":\"";

  private final Map<String, Long> sentMs = new ConcurrentHashMap<>();
  private final Map<Long, Set<String>> keysBySubscriber = new ConcurrentHashMap<>();
  private final Delays delays = new Delays();
  private final AtomicLong doubled = new AtomicLong();
  private final AtomicLong subscribed = new AtomicLong();

  /** @param key a key that is sent once; @param nowMs when it is, epoch milliseconds */
  void sent(String key, long nowMs) {
    sentMs.put(key, nowMs);
  }

  /** From now on frames are expected, also when the subscriber does not come to be subscribed. */
  void wants(long subscriber) {
    keysBySubscriber.putIfAbsent(subscriber, ConcurrentHashMap.newKeySet());
  }

  /** A subscriber was told hello. */
  void subscribedOne() {
    subscribed.incrementAndGet();
  }

  /** @param receivedMs when the frame had arrived, epoch milliseconds */
  void received(long subscriber, String frame, long receivedMs) {
    if (!frame.startsWith(ALERT) || !frame.contains(FIRING)) {
      return;
    }
    int from = frame.indexOf(KEY) + KEY.length();
    String key = frame.substring(from, frame.indexOf('"', from));
    Long sent = sentMs.get(key);
    if (sent == null) {
      return;
    }
    if (keysBySubscriber.get(subscriber).add(key)) {
      delays.add(receivedMs - sent);
    } else {
      doubled.incrementAndGet();
    }
  }

  Delays delays() {
    return delays;
  }

  int wanted() {
    return keysBySubscriber.size();
  }

  long subscribed() {
    return subscribed.get();
  }

  int sent() {
    return sentMs.size();
  }

  long doubled() {
    return doubled.get();
  }

  /** Frames that all subscribers got together, each counted once. */
  long got() {
    return keysBySubscriber.values().stream().mapToLong(Set::size).sum();
  }
}
