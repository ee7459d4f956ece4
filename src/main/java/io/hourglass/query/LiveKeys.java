package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeyResult;
import io.hourglass.window.WindowResult;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The entities, asked one key at a time. */
public interface LiveKeys {

  /**
   * The key as its entity holds it: open windows, closed ones that have not left yet, the newest closed one.
   *
   * @param durable answer from durable state alone, leaving out what is pending
   * @return empty when the key was never seen; fails with {@link java.util.concurrent.TimeoutException} when
   *     the entity does not answer in time
   */
  CompletionStage<Optional<KeyResult>> key(Pipeline pipeline, String key, boolean durable);

  /**
   * The rolling window of the key.
   *
   * @param length milliseconds, a multiple of the pipeline's panes up to its longest rolling window
   * @return empty and failures as of {@link #key}
   */
  CompletionStage<Optional<WindowResult>> rolling(Pipeline pipeline, String key, long length, boolean durable);
}
