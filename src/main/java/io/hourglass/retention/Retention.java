package io.hourglass.retention;

import akka.Done;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.AgedWindows;
import io.hourglass.store.Bucket;
import io.hourglass.telemetry.Counters;
import io.hourglass.window.Watermark;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the buckets of windows that begin longer before the watermark than the pipeline's retention: those that are whole
 * are folded to days, and removed some time later, when nobody reads them any more. One bucket at a time, so that nobody else waits. What fails is
 * done again the next time, and keeps no other bucket; that two nodes do it at once does no harm.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final AgedWindows windows;
  private final Counters counters;
  private final InstantSource clock;
  private final Duration removeAfter;

  /** @param removeAfter who found a bucket unfolded reads its windows for no longer than this */
  public Retention(AgedWindows windows, Counters counters, InstantSource clock, Duration removeAfter) {
    this.removeAfter = removeAfter;
    this.windows = windows;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * Once through a pipeline.
   *
   * @param watermark below it everything is durable, {@link Watermark#NONE} if not known; then nothing is done
   */
  public CompletionStage<Done> pass(Pipeline pipeline, long watermark) {
    long oldest = watermark - pipeline.retention().toMillis();
    return watermark == Watermark.NONE || oldest > watermark ? CompletableFuture.completedFuture(Done.getInstance())
        : inTurn(IntStream.range(0, pipeline.shards()).boxed().toList(), shard -> windows.before(pipeline, shard, oldest)
            .thenCompose(buckets -> inTurn(buckets.stream().filter(each -> !each.removed()).toList(), bucket -> step(pipeline, shard, bucket))));
  }

  /** One after the other; one that fails does not keep the others from their turn, and fails the whole. */
  private static <T> CompletionStage<Done> inTurn(List<T> each, Function<T, CompletionStage<Done>> action) {
    if (each.isEmpty()) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    CompletionStage<Done> first = action.apply(each.get(0));
    return first.handleAsync((done, failure) -> inTurn(each.subList(1, each.size()), action))
        .thenCompose(others -> others.thenCombine(first, (done, too) -> done));
  }

  private CompletionStage<Done> step(Pipeline pipeline, int shard, Bucket bucket) {
    if (!bucket.folded()) {
      return fold(pipeline, shard, bucket.number());
    }
    boolean unread = clock.millis() - bucket.foldedAt() >= removeAfter.toMillis();
    return unread ? windows.remove(pipeline, shard, bucket.number()) : CompletableFuture.completedFuture(Done.getInstance());
  }

  private CompletionStage<Done> fold(Pipeline pipeline, int shard, long bucket) {
    BucketFold fold = new BucketFold(pipeline);
    return windows.rows(pipeline, shard, bucket, fold::add).thenCompose(read -> {
      if (fold.open() > 0) {
        LOG.info("{}: bucket {} of shard {} is beyond retention and kept: {} windows are still open", pipeline.name(), bucket, shard, fold.open());
        return CompletableFuture.completedFuture(Done.getInstance());
      }
      return windows.fold(pipeline, shard, bucket, fold.parts(), clock.millis()).thenApply(folded -> {
        counters.folded(pipeline.name()).add(fold.windows());
        LOG.debug("{}: bucket {} of shard {}: {} windows folded", pipeline.name(), bucket, shard, fold.windows());
        return folded;
      });
    });
  }
}
