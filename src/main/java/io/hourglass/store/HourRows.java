package io.hourglass.store;

import akka.Done;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.WindowResult;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One window of all keys of a shard, as the read table has it. */
public interface HourRows {

  /**
   * Reads every row, page by page; fails when Cassandra does not answer.
   *
   * @param measures whether measures are wanted; without, rows come with counts alone
   * @param told one row after the other
   */
  CompletionStage<Done> each(Pipeline pipeline, int shard, long start, boolean measures, Consumer<KeyRow> told);

  /** The row of one key, or empty. */
  CompletionStage<Optional<WindowResult>> window(Pipeline pipeline, String key, long start);
}
