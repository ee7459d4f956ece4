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
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
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
  /** So many recoveries and a JVM has compiled most of what it takes. */
  private static final int RECOVERIES = 400;
  private static final int PARALLELISM = 8;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final WindowsAdvanced NOTHING =
      new WindowsAdvanced(List.of(), Watermark.NONE, List.of(), List.of(), List.of(), List.of(), List.of(), true, 0, 0, null);

  private final boolean writes;

  private JournalProbe(String node, boolean writes) {
    super(PersistenceId.ofUniqueId("hourglass-start|" + node));
    this.writes = writes;
  }

  /** Completes when an event of this node's own is in the journal. */
  public static CompletionStage<Done> run(ActorSystem<?> system) {
    return probe(system, true);
  }

  /**
   * Recovers from the journal again and again, for some seconds at most: a node that comes to others is given many keys
   * at once, and a JVM that has just started recovers one ten times slower. Completes whether the journal answers or not.
   */
  public static CompletionStage<Done> warmUp(ActorSystem<?> system) {
    return Source.range(1, RECOVERIES)
        .mapAsyncUnordered(PARALLELISM, number -> probe(system, false))
        .takeWithin(LONGEST)
        .runWith(Sink.ignore(), system)
        .exceptionally(failure -> Done.getInstance());
  }

  private static CompletionStage<Done> probe(ActorSystem<?> system, boolean writes) {
    ActorRef<ActorRef<Done>> running = system.systemActorOf(
        new JournalProbe(system.address().toString(), writes), "journal-probe-" + UUID.randomUUID(), Props.empty());
    return AskPattern.ask(running, replyTo -> replyTo, TIMEOUT, system.scheduler());
  }

  @Override
  public Boolean emptyState() {
    return false;
  }

  @Override
  public CommandHandler<ActorRef<Done>, WindowsAdvanced, Boolean> commandHandler() {
    return (state, replyTo) -> (writes ? Effect().persist(NOTHING) : Effect().none())
        .thenRun(written -> replyTo.tell(Done.getInstance())).thenStop();
  }

  @Override
  public EventHandler<Boolean, WindowsAdvanced> eventHandler() {
    return (state, event) -> true;
  }
}
