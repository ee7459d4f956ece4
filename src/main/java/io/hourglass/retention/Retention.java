package io.hourglass.retention;

import akka.Done;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.AgedWindows;
import io.hourglass.store.DayPart;
import io.hourglass.telemetry.Counters;
import io.hourglass.window.Watermark;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the buckets of windows that begin longer before the watermark than the pipeline's retention: they are folded to
 * days, and removed. One bucket at a time, so that nobody else waits. What fails is done again the next time, and keeps no other
 * bucket; what comes into a bucket later is added the next time. See decision 022.
 */
public final class Retention {
  /** What was written so shortly before a bucket was read, by whatever clock, is removed the next time. */
  static final Duration UNTOUCHED = Duration.ofSeconds(60);
  /** Windows in a bucket. */
  private static final long BUCKET = 24;
  private static final CompletionStage<Done> DONE = CompletableFuture.completedFuture(Done.getInstance());
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final AgedWindows windows;
  private final Counters counters;
  private final InstantSource clock;
  private volatile boolean ended;

  public Retention(AgedWindows windows, Counters counters, InstantSource clock) {
    this.windows = windows;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * Once through all pipelines.
   *
   * @param watermark of a pipeline, below which everything is durable, {@link Watermark#NONE} if not known; then nothing is done
   */
  public CompletionStage<Done> pass(List<Pipeline> pipelines, ToLongFunction<Pipeline> watermark) {
    return inTurn(pipelines, pipeline -> pass(pipeline, watermark.applyAsLong(pipeline)));
  }

  /** Nothing more is begun. */
  public void end() {
    ended = true;
  }

  private CompletionStage<Done> pass(Pipeline pipeline, long watermark) {
    long kept = Math.max(pipeline.retention().toMillis(), pipeline.window().sizeMs() + pipeline.window().allowedLatenessMs());
    long horizon = Math.min(watermark, clock.millis()) - kept;
    return watermark == Watermark.NONE || horizon > watermark ? DONE
        : inTurn(IntStream.range(0, pipeline.shards()).boxed().toList(), shard -> windows.before(pipeline, shard, horizon)
            .thenCompose(buckets -> inTurn(buckets, bucket -> step(new Place(pipeline, shard, bucket), horizon))));
  }

  /** One after the other; one that fails does not keep the others from their turn, and fails the whole. */
  private <T> CompletionStage<Done> inTurn(List<T> each, Function<T, CompletionStage<Done>> action) {
    if (each.isEmpty() || ended) {
      return DONE;
    }
    CompletionStage<Done> first = action.apply(each.get(0));
    return first.handleAsync((done, failure) -> inTurn(each.subList(1, each.size()), action))
        .thenCompose(others -> others.thenCombine(first, (done, too) -> done));
  }

  private record Place(Pipeline pipeline, int shard, long bucket) {
    private long lengthMs() {
      return BUCKET * pipeline.window().sizeMs();
    }

    boolean holds(long start) {
      return Math.floorDiv(start, lengthMs()) == bucket;
    }

    /** Whether even the newest of its windows is a bucket's time beyond {@code horizon}. */
    boolean longGone(long horizon) {
      return (bucket + 2) * lengthMs() <= horizon;
    }

    @Override
    public String toString() {
      return pipeline.name() + ": bucket " + bucket + " of shard " + shard;
    }
  }

  private CompletionStage<Done> step(Place place, long horizon) {
    long before = TimeUnit.MILLISECONDS.toMicros(clock.millis() - UNTOUCHED.toMillis());
    return fold(place, List.of())
        .thenCompose(fresh -> windows.parts(place.pipeline(), place.shard(), place.bucket())
            .thenCompose(earlier -> earlier.isEmpty() ? CompletableFuture.completedFuture(fresh) : fold(place, earlier)))
        .thenCompose(fold -> folded(place, fold, horizon, before));
  }

  private CompletionStage<BucketFold> fold(Place place, List<DayPart> earlier) {
    BucketFold fold = new BucketFold(place.pipeline(), place::holds, earlier);
    return windows.rows(place.pipeline(), place.shard(), place.bucket(), fold::add).thenApply(read -> fold);
  }

  private CompletionStage<Done> folded(Place place, BucketFold fold, long horizon, long before) {
    if (fold.foreign()) {
      LOG.warn("{}: kept: it holds windows of another size", place);
      return DONE;
    }
    if (fold.open() > 0 && !place.longGone(horizon)) {
      return DONE;
    }
    if (fold.open() > 0) {
      LOG.debug("{}: {} windows were opened and never had an event", place, fold.open());
    }
    return windows.write(place.pipeline(), place.shard(), place.bucket(), fold.parts())
        .thenCompose(written -> windows.remove(place.pipeline(), place.shard(), place.bucket(), before))
        .thenApply(removed -> {
          counters.folded(place.pipeline().name()).add(fold.windows());
          return removed;
        });
  }
}
