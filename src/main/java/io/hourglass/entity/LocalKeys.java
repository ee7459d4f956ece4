package io.hourglass.entity;

import akka.actor.typed.ActorRef;
import io.hourglass.entity.KeyProtocol.Command;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of a pipeline that are in memory on this node, by their entities. Thread-safe. */
public final class LocalKeys {
  private final ConcurrentHashMap<String, ActorRef<Command>> entities = new ConcurrentHashMap<>();

  /** A key has recovered. */
  void here(String key, ActorRef<Command> entity) {
    entities.put(key, entity);
  }

  /** A key is about to leave, or has. */
  void gone(String key, ActorRef<Command> entity) {
    entities.remove(key, entity);
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
