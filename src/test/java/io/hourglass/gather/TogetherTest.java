package io.hourglass.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private final List<String> begun = new ArrayList<>();
  private final List<CompletableFuture<Integer>> answers = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Together<String, Integer> together = new Together<>(this::begin, later::add);

  private CompletionStage<Integer> begin(String question) {
    begun.add(question);
    answers.add(new CompletableFuture<>());
    return answers.get(answers.size() - 1);
  }

  private CompletableFuture<Integer> ask(String question) {
    return together.ask(question).toCompletableFuture();
  }

  @Test
  void whoAsksWhileOneIsUnderWayIsAnsweredByTheNext() {
    CompletableFuture<Integer> first = ask("q");
    List<CompletableFuture<Integer>> others = IntStream.range(0, 100).mapToObj(i -> ask("q")).toList();
    assertEquals(List.of("q"), begun);
    answers.get(0).complete(1);
    assertEquals(1, first.join());
    assertEquals(List.of("q", "q"), begun);
    assertTrue(others.stream().noneMatch(CompletableFuture::isDone), "the first began before they asked");
    CompletableFuture<Integer> late = ask("q");
    answers.get(1).complete(2);
    assertTrue(others.stream().allMatch(each -> each.join() == 2));
    assertFalse(late.isDone());
    answers.get(2).complete(3);
    assertEquals(3, late.join());
    ask("q");
    assertEquals(4, begun.size(), "nothing was under way");
  }

  @Test
  void otherQuestionsDoNotWait() {
    ask("q");
    ask("r");
    assertEquals(List.of("q", "r"), begun);
  }

  @Test
  void theNextBeginsWhenOneFailsToo() {
    CompletableFuture<Integer> first = ask("q");
    CompletableFuture<Integer> second = ask("q");
    answers.get(0).completeExceptionally(new IllegalStateException("gone"));
    assertThrows(CompletionException.class, first::join);
    answers.get(1).complete(2);
    assertEquals(2, second.join());
  }

  @Test
  void aQuestionThatThrowsFailsAndIsUnderWayNoMore() {
    int[] times = {0};
    Together<String, Integer> broken = new Together<>(question -> {
      times[0]++;
      throw new IllegalStateException("broken");
    }, later::add);
    assertThrows(CompletionException.class, () -> broken.ask("q").toCompletableFuture().join());
    assertThrows(CompletionException.class, () -> broken.ask("q").toCompletableFuture().join());
    assertEquals(2, times[0]);
  }

  @Test
  void oneThatTakesTooLongIsWaitedForNoLonger() {
    CompletableFuture<Integer> stuck = ask("q");
    CompletableFuture<Integer> second = ask("q");
    ask("q");
    assertEquals(1, later.size());
    later.get(0).run();
    assertEquals(2, begun.size());
    answers.get(1).complete(2);
    assertEquals(2, second.join());
    answers.get(0).complete(1);
    assertEquals(1, stuck.join());
    ask("q");
    assertEquals(3, begun.size());
    later.get(0).run();
    assertEquals(3, begun.size());
  }
}
