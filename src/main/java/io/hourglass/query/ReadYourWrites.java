package io.hourglass.query;

import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import io.hourglass.query.ReadPoint.Reach;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeyResult;
import io.hourglass.window.SeenOffset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Waits until a key holds what was written. It does when it has seen the offset, or when everything below and at the offset is
 * durable with whatever key it belongs to: so an event that no key ever sees, because it was refused or is another key's, is
 * waited for only until then.
 */
public final class ReadYourWrites {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration MOST_PAUSE = Duration.ofMillis(250);

  private final LiveKeys live;
  private final PipelineStatus status;
  private final ActorSystem<?> system;

  public ReadYourWrites(LiveKeys live, PipelineStatus status, ActorSystem<?> system) {
    this.live = live;
    this.status = status;
    this.system = system;
  }

  /** True as soon as the key holds what was written up to {@code point}; false when it does not after {@code timeout}. */
  public CompletionStage<Boolean> reached(Pipeline pipeline, String key, boolean durable, ReadPoint point, Duration timeout) {
    return look(new Asked(pipeline, key, durable, System.nanoTime() + timeout.toNanos()), point.sources(), FIRST_PAUSE);
  }

  private record Asked(Pipeline pipeline, String key, boolean durable, long untilNs) {
    long leftMs() {
      return (untilNs - System.nanoTime()) / 1_000_000;
    }
  }

  private CompletionStage<Boolean> look(Asked asked, List<Reach> reaches, Duration pause) {
    List<Reach> open = reaches.stream().filter(reach -> !settled(asked, reach)).toList();
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    return live.key(asked.pipeline(), asked.key(), asked.durable()).thenCompose(held -> {
      List<Reach> missing = open.stream().filter(reach -> seen(held, reach) < reach.of(asked.key()).orElse(-1)).toList();
      long leftMs = asked.leftMs();
      return missing.isEmpty() || leftMs <= 0
          ? CompletableFuture.completedFuture(missing.isEmpty())
          : again(asked, missing, pause, leftMs);
    });
  }

  private boolean settled(Asked asked, Reach reach) {
    OptionalLong offset = reach.of(asked.key());
    OptionalLong durable = status.durableBelow(asked.pipeline(), reach.partition());
    return offset.isEmpty() || durable.isPresent() && durable.getAsLong() > offset.getAsLong();
  }

  private static long seen(Optional<KeyResult> held, Reach reach) {
    return held.stream().flatMap(key -> key.seen().stream())
        .filter(each -> each.source().toString().equals(reach.source()))
        .mapToLong(SeenOffset::offset)
        .findFirst().orElse(-1);
  }

  private CompletionStage<Boolean> again(Asked asked, List<Reach> missing, Duration pause, long leftMs) {
    Duration now = Duration.ofMillis(Math.min(pause.toMillis(), leftMs));
    Duration longer = pause.compareTo(MOST_PAUSE) < 0 ? pause.multipliedBy(2) : MOST_PAUSE;
    return Patterns.after(now, system.classicSystem(), () -> look(asked, missing, longer));
  }
}
