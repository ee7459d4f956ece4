package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What else the entities tell of their windows, asked one key at a time; fails as {@link LiveKeys} does. */
public interface HeldWindows {

  /**
   * A key's windows as {@link LiveKeys} tells them, to be added up.
   *
   * @param watermark of the key
   * @param windows newest first
   */
  record Held(long watermark, List<StoredWindow> windows) {}

  /**
   * The rolling window of the key.
   *
   * @param length milliseconds, a multiple of the pipeline's panes up to its longest rolling window
   * @param durable answer from durable state alone, leaving out what is pending
   * @return empty when the key was never seen
   */
  CompletionStage<Optional<WindowResult>> rolling(Pipeline pipeline, String key, long length, boolean durable);

  /** The windows of the key, to be added up; empty when the key was never seen. */
  CompletionStage<Optional<Held>> held(Pipeline pipeline, String key, boolean durable);
}
