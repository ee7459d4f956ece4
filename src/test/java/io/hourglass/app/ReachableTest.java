package io.hourglass.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReachableTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private final AtomicInteger attempts = new AtomicInteger();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private <T> CompletionStage<T> failsOnce(T then) {
    return attempts.getAndIncrement() == 0
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(then);
  }

  private <T> T await(T then) throws Exception {
    return new Reachable(KIT.system()).until("it", () -> failsOnce(then)).toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void triesAgain() throws Exception {
    assertEquals("there", await("there"));
    assertEquals(2, attempts.get());
  }

  @Test
  void triesAgainWhatHasNoResult() throws Exception {
    assertNull(await(null));
    assertEquals(2, attempts.get());
  }

  @Test
  void anAttemptThatThrowsHasFailed() throws Exception {
    assertEquals("there", new Reachable(KIT.system()).until("it", () -> {
      if (attempts.getAndIncrement() == 0) {
        throw new IllegalStateException("at once");
      }
      return CompletableFuture.completedFuture("there");
    }).toCompletableFuture().get(5, TimeUnit.SECONDS));
  }
}
