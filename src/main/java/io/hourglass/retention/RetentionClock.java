package io.hourglass.retention;

import akka.Done;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** One in the cluster: has a pass made, rests, and has the next one made. */
public final class RetentionClock extends AbstractBehavior<RetentionClock.Command> {

  public interface Command {}

  /** Ends it, for a node that leaves. */
  public enum Stop implements Command { INSTANCE }

  private enum Begin implements Command { INSTANCE }

  private record Ended(Throwable failure) implements Command {}

  private final Retention retention;
  private final Function<Retention, CompletionStage<Done>> pass;
  private final Duration rest;

  /**
   * @param retention a new one for each life
   * @param rest between two passes, and before the first
   */
  public static Behavior<Command> create(Supplier<Retention> retention, Function<Retention, CompletionStage<Done>> pass, Duration rest) {
    return Behaviors.setup(context -> new RetentionClock(context, retention.get(), pass, rest));
  }

  private RetentionClock(ActorContext<Command> context, Retention retention, Function<Retention, CompletionStage<Done>> pass, Duration rest) {
    super(context);
    this.retention = retention;
    this.pass = pass;
    this.rest = rest;
    rest();
  }

  private void rest() {
    getContext().scheduleOnce(rest, getContext().getSelf(), Begin.INSTANCE);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begin.class, begin -> begin())
        .onMessage(Ended.class, this::ended)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onSignal(PostStop.class, stopped -> {
          retention.end();
          return this;
        })
        .build();
  }

  private Behavior<Command> begin() {
    getContext().pipeToSelf(pass.apply(retention), (done, failure) -> new Ended(failure));
    return this;
  }

  private Behavior<Command> ended(Ended made) {
    if (made.failure() != null) {
      getContext().getLog().warn("windows beyond retention: trying again in {}: {}", rest, made.failure().toString());
    }
    rest();
    return this;
  }
}
