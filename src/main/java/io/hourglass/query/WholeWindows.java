package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import java.util.concurrent.CompletionStage;

/** Windows of all keys, asked of every node that holds some and of the read table. */
public interface WholeWindows {

  /**
   * The window that begins at {@code start}, within seconds; what does not answer by then is named. Fails with a
   * {@code TimeoutException} while the node is starting.
   *
   * @param ranking null: the keys' windows added up
   */
  CompletionStage<WholeWindow> window(Pipeline pipeline, long start, Ranking ranking);
}
