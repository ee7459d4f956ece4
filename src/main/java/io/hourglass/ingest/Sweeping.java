package io.hourglass.ingest;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.stream.javadsl.Sink;
import io.hourglass.entity.AskAgain;
import io.hourglass.entity.KeyProtocol.Answer;
import io.hourglass.entity.KeyProtocol.Gap;
import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * The sweeps of a partition in motion: the keys whose rows still say open are told to close what is due, some at a time.
 * Lives inside the ingester's actor.
 */
final class Sweeping {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  /** While much more is to come soon: most keys close by themselves then. */
  private static final Duration INTERVAL_BEHIND = Duration.ofMinutes(1);
  private static final int PARALLELISM = 32;
  /** What tells a key may be lost while its shard moves. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

  /** A key of a row that says open: it is to be told, and its answer to go on to {@code replyTo}. */
  record CloseKey(String key, ActorRef<Answer> replyTo) implements PartitionIngester.Command {}

  /** The rows of a sweep have been gone through; {@code failure} is null when all have answered. */
  record RowsSwept(int sweep, Throwable failure) implements PartitionIngester.Command {}

  private final String name;
  private final ActorContext<PartitionIngester.Command> context;
  private final Surroundings world;
  private final Sweep sweep;
  private final Conversation keys;
  private final Duration answerTimeout;
  private long last = Long.MIN_VALUE / 2;

  /** @param name of the partition, for people */
  Sweeping(String name, ActorContext<PartitionIngester.Command> context, Surroundings world, Sweep sweep, Conversation keys,
      Duration answerTimeout) {
    this.name = name;
    this.context = context;
    this.world = world;
    this.sweep = sweep;
    this.keys = keys;
    this.answerTimeout = answerTimeout;
  }

  /**
   * Begins a sweep if the watermark has closed windows since the last one, or the clock has, {@code byClock} at that time.
   *
   * @param behind whether much more is to come soon
   */
  void begin(long now, boolean behind, LongPredicate byClock) {
    if (!sweep.running() && now - last >= (behind ? INTERVAL_BEHIND : INTERVAL).toMillis()) {
      last = now;
      if (sweep.begin(keys.watermark()) || byClock.test(now) && sweep.beginByClock(world.now())) {
        tellRows();
      }
    }
  }

  private void tellRows() {
    int number = sweep.number();
    ActorRef<PartitionIngester.Command> self = context.getSelf();
    ActorSystem<?> system = context.getSystem();
    var rows = world.openKeys(sweep.from(), sweep.to())
        .mapAsyncUnordered(PARALLELISM, key -> AskAgain.<PartitionIngester.Command, Answer>ask(
            self, replyTo -> new CloseKey(key, replyTo), again(), answerTimeout, system))
        .map(answer -> {
          if (answer instanceof Gap) {
            self.tell(new PartitionIngester.Answered(answer));
          }
          return answer;
        })
        .runWith(Sink.ignore(), system);
    context.pipeToSelf(rows, (done, failure) -> new RowsSwept(number, failure));
  }

  private static LongStream again() {
    return LongStream.iterate(ASK_AGAIN.toMillis(), after -> after + ASK_AGAIN.toMillis());
  }

  void rowsSwept(RowsSwept result) {
    if (result.sweep() != sweep.number() || !sweep.running()) {
      return;
    }
    if (result.failure() != null) {
      context.getLog().info("{}: sweep up to {} not finished: {}", name, sweep.to(), result.failure().toString());
      sweep.abort();
    } else {
      sweep.rowsDone();
      goOn();
    }
  }

  /** Ends the sweep that runs when everything it waits for has been answered. */
  void goOn() {
    if (sweep.running() && keys.settledSince(sweep.number())) {
      sweep.finish();
    }
  }
}
