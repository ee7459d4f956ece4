package io.hourglass.app;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tries something until it succeeds, with growing pauses, and says in one line what it waits for. */
final class Reachable {
  private static final Duration LEAST_PAUSE = Duration.ofMillis(500);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(10);

  private final ActorSystem<?> system;

  Reachable(ActorSystem<?> system) {
    this.system = system;
  }

  /** Completes with what {@code attempt} gives once it succeeds; never fails. */
  <T> CompletionStage<T> until(String what, Callable<CompletionStage<T>> attempt) {
    return again(what, attempt, LEAST_PAUSE);
  }

  private <T> CompletionStage<T> again(String what, Callable<CompletionStage<T>> attempt, Duration pause) {
    return call(attempt).exceptionallyCompose(failure -> {
      system.log().warn("{}: out of reach, trying again in {} ms: {}", what, pause.toMillis(), Main.rootOf(failure));
      Duration next = pause.multipliedBy(2).compareTo(MOST_PAUSE) < 0 ? pause.multipliedBy(2) : MOST_PAUSE;
      return later(pause).thenCompose(waited -> again(what, attempt, next));
    });
  }

  /** Not Akka's {@code after}: what completes with null, as a {@code Void} does, would never complete there. */
  private CompletionStage<Done> later(Duration pause) {
    return Patterns.after(pause, system.classicSystem(), () -> CompletableFuture.completedFuture(Done.getInstance()));
  }

  private static <T> CompletionStage<T> call(Callable<CompletionStage<T>> attempt) {
    try {
      return attempt.call();
    } catch (Exception failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }
}
