package io.hourglass.ingest;

import akka.Done;
import akka.actor.typed.javadsl.ActorContext;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import java.util.concurrent.CompletableFuture;

/** What was read and not committed is read again, beside the main stream, which waits. Lives inside the ingester's actor. */
final class Rereading {

  /** Everything that {@code run} was to read again is taken; {@code failure} is null when it is. */
  record CaughtUp(long run, Throwable failure) implements PartitionIngester.Command {}

  private final ActorContext<PartitionIngester.Command> context;
  private final Surroundings world;
  /** Null while nothing is read again. */
  private UniqueKillSwitch reading;

  Rereading(ActorContext<PartitionIngester.Command> context, Surroundings world) {
    this.context = context;
    this.world = world;
  }

  /** Reads from {@code offset} to {@code target} (exclusive); every batch comes to the ingester as one of {@code run}. */
  void start(long run, long offset, long target) {
    var stream = world.again(offset, target)
        .viaMat(KillSwitches.single(), Keep.right())
        .mapAsync(1, batch -> {
          CompletableFuture<Done> taken = new CompletableFuture<>();
          context.getSelf().tell(new PartitionIngester.Take(run, batch, taken));
          return taken;
        })
        .toMat(Sink.ignore(), Keep.both())
        .run(context.getSystem());
    reading = stream.first();
    context.pipeToSelf(stream.second(), (done, failure) -> new CaughtUp(run, failure));
  }

  void stop() {
    if (reading != null) {
      reading.shutdown();
      reading = null;
    }
  }

  boolean running() {
    return reading != null;
  }
}
