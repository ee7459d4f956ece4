package io.hourglass.alert;

import akka.Done;
import io.hourglass.alert.LogEvent.Entry;
import io.hourglass.alert.LogEvent.Opened;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What this node keeps of the alert log: the newest alerts by offset, each once.
 *
 * <p>One thread at a time writes, by {@link #accept}; subscribers read on their own. A subscriber is a
 * cursor into the shared map, not a queue: it cannot lose or double a frame between history and live, and
 * the history costs it nothing. The writer puts an alert in place before it wakes them, and they begin to
 * listen before they first look.
 */
public final class AlertFeed {
  /** All subscribers are woken once in so many alerts. */
  private static final int WAKE_ALL = 256;

  private final int bound;
  private final ConcurrentNavigableMap<Long, KeptAlert> kept = new ConcurrentSkipListMap<>();
  private final Map<String, Long> offsets = new ConcurrentHashMap<>();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Done> ready = new CompletableFuture<>();
  private volatile Extent extent = Extent.NONE;
  private volatile boolean closed;
  private long historyEnd;
  private long entered;

  /** @param bound alerts kept in memory; a subscriber that asks for older ones is told of a gap */
  public AlertFeed(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound: " + bound + " (expected: >= 1)");
    }
    this.bound = bound;
  }

  /** Takes the next of the log. Offsets that were read before are passed over. Not for two threads at once. */
  public void accept(LogEvent event) {
    if (event instanceof Opened opened) {
      opened(opened);
    } else if (event instanceof Entry entry && entry.offset() > extent.head()) {
      entered(entry);
    }
    if (extent.head() >= historyEnd - 1) {
      ready.complete(Done.getInstance());
    }
  }

  /** Done when the log's history has been read once; before that "from now" has no meaning. */
  public CompletionStage<Done> ready() {
    return ready.minimalCompletionStage();
  }

  /** Whether subscribers are taken. */
  public boolean open() {
    return ready.isDone() && !closed;
  }

  public int subscribers() {
    return subscribers.size();
  }

  /** Alerts in memory. */
  public int size() {
    return offsets.size();
  }

  /** Ends every subscriber's stream (1012) and takes no more. */
  public void close() {
    closed = true;
    end(StreamEnd.goingAway());
  }

  Extent extent() {
    return extent;
  }

  /** The alerts behind an offset, oldest first; those added meanwhile may or may not be seen. */
  Iterable<KeptAlert> after(long offset) {
    return kept.tailMap(offset, false).values();
  }

  void add(Subscriber subscriber) {
    subscribers.add(subscriber);
    if (closed) {
      subscriber.end(StreamEnd.goingAway());
    }
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  private void opened(Opened log) {
    boolean sameLog = log.epoch().equals(extent.epoch());
    if (!sameLog || log.begin() > extent.head() + 1) {
      renew(log);
    }
    historyEnd = log.end();
  }

  /** What is kept does not lead up to what comes next: begin anew. */
  private void renew(Opened log) {
    extent = new Extent(log.epoch(), log.begin() - 1, log.begin() - 1);
    kept.clear();
    offsets.clear();
    end(StreamEnd.logRenewed());
  }

  private void entered(Entry entry) {
    entry.alert().ifPresent(alert -> keep(entry.offset(), alert));
    extent = extent.read(entry.offset());
    wake(entry);
  }

  /** Those who want the alert; and all now and then, so that nobody's cursor is where alerts are forgotten. */
  private void wake(Entry entry) {
    boolean all = ++entered % Math.max(1, Math.min(WAKE_ALL, bound / 4)) == 0;
    for (Subscriber subscriber : subscribers) {
      if (all || entry.alert().filter(subscriber::wants).isPresent()) {
        subscriber.wake();
      }
    }
  }

  private void keep(long offset, Alert alert) {
    if (offsets.putIfAbsent(alert.id(), offset) == null) {
      kept.put(offset, KeptAlert.of(extent.position(offset), alert));
      evict();
    }
  }

  private void evict() {
    if (offsets.size() > bound) {
      extent = extent.evicted(kept.firstKey());
      offsets.remove(kept.pollFirstEntry().getValue().alert().id());
    }
  }

  private void end(StreamEnd end) {
    subscribers.forEach(subscriber -> subscriber.end(end));
  }

  /** Is told, from another thread, that there is more or that it is over. */
  interface Subscriber {
    /** Whether it wants to be told of this alert. For any thread. */
    boolean wants(Alert alert);

    void wake();

    void end(StreamEnd end);
  }
}
