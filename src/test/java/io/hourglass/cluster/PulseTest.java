package io.hourglass.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private final AtomicLong now = new AtomicLong(-5);
  private final AtomicInteger ended = new AtomicInteger();
  private boolean others = true;
  private final Pulse pulse = new Pulse(LIMIT, now::get, () -> others, ended::incrementAndGet);

  private void after(Duration pause) {
    now.addAndGet(pause.toNanos());
  }

  @Test
  void whoeverAsksFirstAfterALongPauseEndsTheProcess() {
    after(LIMIT.plusNanos(1));
    pulse.check();
    assertEquals(1, ended.get());
  }

  @Test
  void theBeatItselfNoticesToo() {
    after(LIMIT.plusNanos(1));
    pulse.beat();
    assertEquals(1, ended.get());
  }

  @Test
  void aPauseUpToTheLimitIsWaitedForByTheOthers() {
    after(LIMIT);
    pulse.check();
    pulse.beat();
    after(LIMIT);
    pulse.check();
    assertEquals(0, ended.get());
  }

  @Test
  void aNodeAloneLosesNothingByAPause() {
    others = false;
    after(LIMIT.multipliedBy(9));
    pulse.check();
    assertEquals(0, ended.get());
  }
}
