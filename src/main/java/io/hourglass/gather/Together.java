package io.hourglass.gather;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Has those who ask the same at the same time share an answer, never one that was begun before they asked: while a question is under
 * way, all who ask it again wait for one more, which begins when that one ends, or has taken too long to be waited for. So how often
 * a question is begun does not depend on how many ask it. Thread-safe.
 */
final class Together<Q, A> {
  private final Function<Q, CompletionStage<A>> asked;
  private final Executor later;
  private final Map<Q, Turn<A>> underWay = new HashMap<>();

  private static final class Turn<A> {
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    /** Null: nobody waits. */
    private Turn<A> next;
  }

  /** @param patience for the question that is under way */
  Together(Function<Q, CompletionStage<A>> asked, Duration patience) {
    this(asked, CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** @param later runs what it is given when a question that is under way by then has been waited for long enough */
  Together(Function<Q, CompletionStage<A>> asked, Executor later) {
    this.asked = asked;
    this.later = later;
  }

  CompletionStage<A> ask(Q question) {
    Turn<A> mine = new Turn<>();
    Turn<A> last;
    synchronized (this) {
      last = underWay.putIfAbsent(question, mine);
      if (last != null && last.next != null) {
        return last.next.answer;
      }
      if (last != null) {
        last.next = mine;
      }
    }
    if (last == null) {
      begin(question, mine);
    } else {
      later.execute(() -> over(question, last));
    }
    return mine.answer;
  }

  private void begin(Q question, Turn<A> turn) {
    CompletionStage<A> answer;
    try {
      answer = asked.apply(question);
    } catch (RuntimeException failure) {
      answer = CompletableFuture.failedFuture(failure);
    }
    answer.whenComplete((told, failure) -> {
      over(question, turn);
      if (failure == null) {
        turn.answer.complete(told);
      } else {
        turn.answer.completeExceptionally(failure);
      }
    });
  }

  /** It has ended, or is waited for no longer. */
  private void over(Q question, Turn<A> turn) {
    Turn<A> next;
    synchronized (this) {
      if (underWay.get(question) != turn) {
        return;
      }
      next = turn.next;
      underWay.computeIfPresent(question, (same, last) -> next);
    }
    if (next != null) {
      begin(question, next);
    }
  }
}
