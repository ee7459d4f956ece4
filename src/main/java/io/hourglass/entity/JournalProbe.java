package io.hourglass.entity;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowsAdvanced;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Reads and writes the journal before any key needs it. The Cassandra journal prepares its statements
 * when it starts and keeps those that failed: it must not start while Cassandra goes away.
 */
public final class JournalProbe extends EventSourcedBehavior<ActorRef<Done>, WindowsAdvanced, Boolean> {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final WindowsAdvanced NOTHING =
      new WindowsAdvanced(List.of(), Watermark.NONE, List.of(), List.of(), List.of(), List.of(), List.of(), true, 0, 0, null);

  private JournalProbe(String node) {
    super(PersistenceId.ofUniqueId("hourglass-start|" + node));
  }

  /** Completes when an event of this node's own is in the journal. */
  public static CompletionStage<Done> run(ActorSystem<?> system) {
    ActorRef<ActorRef<Done>> running = system.systemActorOf(
        new JournalProbe(system.address().toString()), "journal-probe-" + UUID.randomUUID(), Props.empty());
    return AskPattern.ask(running, replyTo -> replyTo, TIMEOUT, system.scheduler());
  }

  @Override
  public Boolean emptyState() {
    return false;
  }

  @Override
  public CommandHandler<ActorRef<Done>, WindowsAdvanced, Boolean> commandHandler() {
    return (state, replyTo) -> Effect().persist(NOTHING)
        .thenRun(written -> replyTo.tell(Done.getInstance())).thenStop();
  }

  @Override
  public EventHandler<Boolean, WindowsAdvanced> eventHandler() {
    return (state, event) -> true;
  }
}
