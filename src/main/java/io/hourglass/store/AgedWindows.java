package io.hourglass.store;

import akka.Done;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The way of windows out of the tables, bucket by bucket: what is left of them is written, then they are said to be folded,
 * and only when nobody can be reading them any more are they removed. Each step may be repeated. Every method answers a failed
 * stage when Cassandra does not take or give the answer.
 */
public interface AgedWindows {

  /** Buckets of a shard whose windows all begin before {@code start}, newest first. */
  CompletionStage<List<Bucket>> before(Pipeline pipeline, int shard, long start);

  /** Every row of a bucket, one after the other. */
  CompletionStage<Done> rows(Pipeline pipeline, int shard, long bucket, Consumer<KeyRow> told);

  /** Writes what is left of a bucket, and then that it is folded. */
  CompletionStage<Done> fold(Pipeline pipeline, int shard, long bucket, List<DayPart> parts, long now);

  /** Removes the windows of a bucket. */
  CompletionStage<Done> remove(Pipeline pipeline, int shard, long bucket);
}
