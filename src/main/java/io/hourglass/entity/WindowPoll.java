package io.hourglass.entity;

import akka.Done;
import akka.actor.typed.ActorRef;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.window.WindowShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * One window asked of every key in memory on this node: a message to each, and no answers, as every key adds itself, in its
 * own thread, to what is collected. A key that has left before its turn counts as asked: what it left behind is looked at next.
 */
public final class WindowPoll {

  /** Told of every key, by many threads at once. */
  @FunctionalInterface
  public interface Collector {
    /** @param share the key's window, or null when it holds none */
    void key(String key, WindowShare share);
  }

  /** Asks a key; never leaves the node. */
  record Look(WindowPoll poll, int place) implements Command {}

  private static final int WAITED_FOR = 0;
  private static final int DONE = 1;

  private final long start;
  private final Collector collector;
  private final List<Map.Entry<String, ActorRef<Command>>> asked;
  private final AtomicIntegerArray state;
  private final AtomicInteger left;
  private final CompletableFuture<Done> answered = new CompletableFuture<>();

  WindowPoll(long start, Map<String, ActorRef<Command>> keys, Collector collector) {
    this.start = start;
    this.collector = collector;
    this.asked = new ArrayList<>(keys.entrySet());
    this.state = new AtomicIntegerArray(asked.size());
    this.left = new AtomicInteger(asked.size());
  }

  /** Asks every key. */
  void begin() {
    if (asked.isEmpty()) {
      answered.complete(Done.getInstance());
    }
    for (int place = 0; place < asked.size(); place++) {
      asked.get(place).getValue().tell(new Look(this, place));
    }
  }

  /** Completes when every key has answered or is known to be gone. */
  CompletionStage<Done> answered() {
    return answered;
  }

  long start() {
    return start;
  }

  void answer(int place, String key, WindowShare share) {
    if (state.compareAndSet(place, WAITED_FOR, DONE)) {
      collector.key(key, share);
      done();
    }
  }

  /** Keys that have not answered yet. */
  List<String> waitedFor() {
    return IntStream.range(0, asked.size()).filter(place -> state.get(place) == WAITED_FOR).mapToObj(place -> asked.get(place).getKey()).toList();
  }

  /** Passes over keys that are no longer in memory; true when all is answered then. */
  boolean passOver(Map<String, ActorRef<Command>> keys) {
    for (int place = 0; place < asked.size(); place++) {
      boolean gone = state.get(place) == WAITED_FOR && !asked.get(place).getValue().equals(keys.get(asked.get(place).getKey()));
      if (gone && state.compareAndSet(place, WAITED_FOR, DONE)) {
        done();
      }
    }
    return answered.isDone();
  }

  private void done() {
    if (left.decrementAndGet() == 0) {
      answered.complete(Done.getInstance());
    }
  }
}
