package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import io.hourglass.window.WindowResult;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The rolling windows of the entities, asked one key at a time. */
@FunctionalInterface
public interface RollingWindows {

  /**
   * The rolling window of the key.
   *
   * @param length milliseconds, a multiple of the pipeline's panes up to its longest rolling window
   * @param durable answer from durable state alone, leaving out what is pending
   * @return empty when the key was never seen; fails with {@link java.util.concurrent.TimeoutException} when
   *     the entity does not answer in time
   */
  CompletionStage<Optional<WindowResult>> rolling(Pipeline pipeline, String key, long length, boolean durable);
}
