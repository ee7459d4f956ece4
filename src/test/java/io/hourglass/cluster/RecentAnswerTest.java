package io.hourglass.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentAnswerTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 500);
  private final AtomicInteger asked = new AtomicInteger();
  private final RecentAnswer answer = new RecentAnswer(Duration.ofNanos(1_000), nanos::get, () -> {
    asked.incrementAndGet();
    return CompletableFuture.completedFuture(true);
  });

  @Test
  void asksOncePerPeriod() {
    answer.get();
    nanos.addAndGet(999);
    answer.get();
    assertEquals(1, asked.get());
    nanos.addAndGet(1);
    answer.get();
    assertEquals(2, asked.get());
  }
}
