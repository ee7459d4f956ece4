package io.hourglass.store;

import akka.Done;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The way of windows out of the tables, bucket by bucket: what is left of them is written, then they are removed. Each step may
 * be repeated. Whoever adds up reads windows first and what is left of others after them, and takes each window once. Every method
 * answers a failed stage when Cassandra does not take or give the answer.
 */
public interface AgedWindows {

  /** Buckets of a shard whose windows all begin before {@code start}, newest first. */
  CompletionStage<List<Long>> before(Pipeline pipeline, int shard, long start);

  /** Every row of a bucket, one after the other, in the order of their starts. */
  CompletionStage<Done> rows(Pipeline pipeline, int shard, long bucket, Consumer<KeyRow> told);

  /** What is left of windows of a bucket that were there before. */
  CompletionStage<List<DayPart>> parts(Pipeline pipeline, int shard, long bucket);

  /** Writes what is left of a bucket; a part takes the place of an earlier one of its key and day. */
  CompletionStage<Done> write(Pipeline pipeline, int shard, long bucket, List<DayPart> parts);

  /** Removes what was written of a bucket's windows before {@code micros}, microseconds since 1970. */
  CompletionStage<Done> remove(Pipeline pipeline, int shard, long bucket, long micros);
}
