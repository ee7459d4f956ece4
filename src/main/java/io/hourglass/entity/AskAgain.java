package io.hourglass.entity;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
   * @param againMs when it is asked again, in milliseconds after the first time; what lies beyond {@code timeout} is not
   */
  public static <Q, A> CompletionStage<A> ask(RecipientRef<Q> whom, Function<ActorRef<A>, Q> question, LongStream againMs, Duration timeout,
      ActorSystem<?> system) {
    List<Cancellable> again = new ArrayList<>();
    CompletionStage<A> answer = AskPattern.ask(whom, replyTo -> {
      Q asked = question.apply(replyTo);
      againMs.takeWhile(after -> after < timeout.toMillis()).forEach(after -> again.add(
          system.scheduler().scheduleOnce(Duration.ofMillis(after), () -> whom.tell(asked), system.executionContext())));
      return asked;
    }, timeout, system.scheduler());
    return answer.whenComplete((result, failure) -> again.forEach(Cancellable::cancel));
  }
}
