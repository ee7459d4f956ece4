package io.hourglass.retention;

import akka.Done;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/** One in the cluster: goes through the pipelines, rests, and goes through them again. */
public final class RetentionClock extends AbstractBehavior<RetentionClock.Command> {

  public interface Command {}

  /** Ends it, for a node that leaves. */
  public enum Stop implements Command { INSTANCE }

  private enum Begin implements Command { INSTANCE }

  private record Ended(Throwable failure) implements Command {}

  private final Retention retention;
  private final List<Pipeline> pipelines;
  private final ToLongFunction<Pipeline> watermark;
  private final Duration rest;

  /**
   * @param watermark of a pipeline, below which everything is durable
   * @param rest between two passes, and before the first
   */
  public static Behavior<Command> create(Retention retention, List<Pipeline> pipelines, ToLongFunction<Pipeline> watermark, Duration rest) {
    return Behaviors.setup(context -> new RetentionClock(context, retention, pipelines, watermark, rest));
  }

  private RetentionClock(ActorContext<Command> context, Retention retention, List<Pipeline> pipelines, ToLongFunction<Pipeline> watermark, Duration rest) {
    super(context);
    this.retention = retention;
    this.pipelines = pipelines;
    this.watermark = watermark;
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
        .build();
  }

  private Behavior<Command> begin() {
    CompletionStage<Done> pass = CompletableFuture.completedFuture(Done.getInstance());
    for (Pipeline pipeline : pipelines) {
      pass = pass.thenCompose(done -> retention.pass(pipeline, watermark.applyAsLong(pipeline)));
    }
    getContext().pipeToSelf(pass, (done, failure) -> new Ended(failure));
    return this;
  }

  private Behavior<Command> ended(Ended pass) {
    if (pass.failure() != null) {
      getContext().getLog().warn("windows beyond retention: trying again in {}: {}", rest, pass.failure().toString());
    }
    rest();
    return this;
  }
}
