package io.hourglass.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import io.hourglass.window.Branches;
import io.hourglass.window.KeySnapshot;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.RestingKey;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowsAdvanced;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Reads a key from the journal without bringing it to life: it takes no place in memory, evicts no other key and writes
 * nothing. Right only while the key lives nowhere.
 */
final class StoredKey extends EventSourcedBehavior<ActorRef<RestingKey>, WindowsAdvanced, KeyState> {
  private final KeySpec spec;
  private Branches branches;

  private StoredKey(String pipeline, String key, KeySpec spec) {
    super(PersistenceId.ofUniqueId(KeyEntity.persistenceId(pipeline, key)));
    this.spec = spec;
  }

  /** Fails with a {@code TimeoutException} when the journal does not answer in time. */
  static CompletionStage<RestingKey> read(ActorSystem<?> system, String pipeline, String key, KeySpec spec, Duration patience) {
    ActorRef<ActorRef<RestingKey>> reader =
        system.systemActorOf(new StoredKey(pipeline, key, spec), "stored-key-" + UUID.randomUUID(), Props.empty());
    return AskPattern.ask(reader, replyTo -> replyTo, patience, system.scheduler());
  }

  @Override
  public KeyState emptyState() {
    return new KeyState(spec);
  }

  @Override
  public EventHandler<KeyState, WindowsAdvanced> eventHandler() {
    return (state, event) -> {
      branches = branches == null ? new Branches(state) : branches;
      branches.read(event);
      return state;
    };
  }

  @Override
  public CommandHandler<ActorRef<RestingKey>, WindowsAdvanced, KeyState> commandHandler() {
    return (state, replyTo) -> Effect().none().thenRun(read -> {
      KeyState settled = branches == null ? read : branches.settle();
      replyTo.tell(new KeyWindows(spec, settled, Watch.NONE).resting());
    }).thenStop();
  }

  @Override
  public SnapshotAdapter<KeyState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(KeyState state) {
        throw new UnsupportedOperationException("a key that is only read is not stored");
      }

      @Override
      public KeyState fromJournal(Object snapshot) {
        return new KeyState(spec, (KeySnapshot) snapshot);
      }
    };
  }
}
