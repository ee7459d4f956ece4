package io.hourglass.entity;

import akka.actor.typed.ActorRef;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.window.RestingKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of a pipeline that are in memory on this node, by their entities, and what those that left have left behind. Thread-safe. */
public final class LocalKeys {
  /** Those that may be told something. */
  private final ConcurrentHashMap<String, ActorRef<Command>> entities = new ConcurrentHashMap<>();
  /** These, and those that are about to leave and still answer. */
  private final ConcurrentHashMap<String, ActorRef<Command>> alive = new ConcurrentHashMap<>();
  private final Set<String> lookedFor = ConcurrentHashMap.newKeySet();
  private final RestingKeys resting = new RestingKeys(RestingBudget.NODE);

  /** A key has recovered. */
  void here(String key, ActorRef<Command> entity) {
    alive.put(key, entity);
    entities.put(key, entity);
    lookedFor.remove(key);
    resting.wake(key);
  }

  /** A key is about to leave. */
  void gone(String key, ActorRef<Command> entity) {
    entities.remove(key, entity);
  }

  /** A key has left; {@code rest} is null when it never had an event. Whoever asks for all keys finds it at every moment: alive first, then at rest. */
  void left(String key, ActorRef<Command> entity, RestingKey rest) {
    gone(key, entity);
    if (rest != null && entity.equals(alive.get(key))) {
      resting.put(new RestingKeys.Rest(key, rest, entity.path().parent().uid()));
    }
    alive.remove(key, entity);
  }

  /** A key that is not in memory is about to be looked at where it is stored. */
  void lookFor(String key) {
    lookedFor.add(key);
  }

  /** It was: what was found holds unless the key has come to memory meanwhile. */
  void lookedAt(String key, RestingKey found, long tenure) {
    if (lookedFor.remove(key)) {
      resting.put(new RestingKeys.Rest(key, found, tenure));
      if (alive.containsKey(key)) {
        resting.remove(key);
      }
    }
  }

  WindowPoll poll(long start, WindowPoll.Collector collector) {
    return new WindowPoll(start, alive, collector);
  }

  /** Asks one key, if it is in memory. */
  Optional<WindowPoll> poll(String key, long start, WindowPoll.Collector collector) {
    return Optional.ofNullable(alive.get(key)).map(entity -> new WindowPoll(start, Map.of(key, entity), collector));
  }

  boolean passOver(WindowPoll poll) {
    return poll.passOver(alive);
  }

  RestingKeys resting() {
    return resting;
  }

  /** Tells every key that is here. */
  void tellAll(Command command) {
    entities.values().forEach(entity -> entity.tell(command));
  }

  boolean contains(String key) {
    return entities.containsKey(key);
  }

  /** Tells a key directly; returns whether it is here. It may leave before it takes the message: that is then lost. */
  boolean tell(String key, Command command) {
    ActorRef<Command> entity = entities.get(key);
    if (entity != null) {
      entity.tell(command);
    }
    return entity != null;
  }
}
