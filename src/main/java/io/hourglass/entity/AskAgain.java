package io.hourglass.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A question that may be lost on its way, so it is asked several times; the first answer counts. */
public final class AskAgain {
  private AskAgain() {}

  /**
   * Fails with a {@code TimeoutException} when no answer comes in time.
   *
   * @param question made once, for the one who is to be answered
   * @param againMs when it is asked again, in milliseconds after the first time, ascending; what lies beyond {@code timeout} is not
   */
  public static <Q, A> CompletionStage<A> ask(RecipientRef<Q> whom, Function<ActorRef<A>, Q> question, LongStream againMs, Duration timeout,
      ActorSystem<?> system) {
    PrimitiveIterator.OfLong times = againMs.takeWhile(after -> after < timeout.toMillis()).iterator();
    CompletableFuture<Q> asked = new CompletableFuture<>();
    CompletableFuture<A> answer = AskPattern.<Q, A>ask(whom, replyTo -> {
      asked.complete(question.apply(replyTo));
      return asked.join();
    }, timeout, system.scheduler()).toCompletableFuture();
    asked.thenAccept(same -> again(() -> whom.tell(same), answer, 0, times, system));
    return answer;
  }

  /** One timer at a time: most questions are answered before the first. */
  private static void again(Runnable ask, CompletableFuture<?> answer, long lastMs, PrimitiveIterator.OfLong times, ActorSystem<?> system) {
    if (times.hasNext() && !answer.isDone()) {
      long nextMs = times.nextLong();
      system.scheduler().scheduleOnce(Duration.ofMillis(nextMs - lastMs), () -> {
        if (!answer.isDone()) {
          ask.run();
          again(ask, answer, nextMs, times, system);
        }
      }, system.executionContext());
    }
  }
}
