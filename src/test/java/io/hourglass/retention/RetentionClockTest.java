package io.hourglass.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.hourglass.telemetry.Counters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Passes follow one another, each after a rest, whatever became of the one before. */
class RetentionClockTest {
  private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final Duration REST = Duration.ofMinutes(10);

  private final TestProbe<CompletableFuture<Done>> passes = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private ActorRef<RetentionClock.Command> clock() {
    Function<Retention, CompletionStage<Done>> pass = retention -> {
      CompletableFuture<Done> made = new CompletableFuture<>();
      passes.ref().tell(made);
      return made;
    };
    return KIT.spawn(RetentionClock.create(() -> new Retention(new FakeAgedWindows(), new Counters(), InstantSource.system()), pass, REST));
  }

  @Test
  void aPassFollowsARestWhateverBecameOfTheOneBefore() {
    ActorRef<RetentionClock.Command> clock = clock();
    TIME.expectNoMessageFor(REST.minusSeconds(1), passes);
    TIME.timePasses(Duration.ofSeconds(1));
    CompletableFuture<Done> first = passes.receiveMessage();
    TIME.expectNoMessageFor(REST.multipliedBy(3), passes);
    first.completeExceptionally(new IllegalStateException("Cassandra is away"));
    CompletableFuture<Done> second = next();
    second.complete(Done.getInstance());
    assertEquals(false, next().isDone());
    clock.tell(RetentionClock.Stop.INSTANCE);
    passes.expectTerminated(clock);
  }

  /** The end of a pass is told in its own time: the rest begins then. */
  private CompletableFuture<Done> next() {
    for (int tries = 0; ; tries++) {
      TIME.timePasses(REST);
      try {
        return passes.receiveMessage(Duration.ofMillis(100));
      } catch (AssertionError notYet) {
        if (tries > 50) {
          throw notYet;
        }
      }
    }
  }
}
