package io.hourglass.store;

import io.hourglass.alert.Alert;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What people read of the tables. Windows that are still open come without values: {@code closedBy} null
 * and count 0. Every method answers a failed stage when Cassandra does not answer.
 */
public interface History {

  /** Windows of a key with {@code from <= start < to}, epoch milliseconds, newest first, at most {@code limit}. */
  CompletionStage<List<WindowResult>> windows(Pipeline pipeline, String key, long from, long to, int limit);

  /** The same to be added up; windows beyond retention as what is left of them, a day at a time. */
  CompletionStage<List<Summand>> summands(Pipeline pipeline, String key, long from, long to, int limit);

  /** The window that begins at {@code start}, or empty. */
  CompletionStage<Optional<WindowResult>> window(Pipeline pipeline, String key, long start);

  /**
   * Keys that begin with {@code prefix} and come after {@code afterKey} (null: from the first), in the order
   * of their UTF-8 bytes. {@link Page#next} is the last key.
   */
  CompletionStage<Page<String>> keys(Pipeline pipeline, String prefix, String afterKey, int limit);

  /**
   * Alerts by {@code startsAt}, newest first. A page may hold fewer than {@code limit}, even none, and still have a next one.
   *
   * @param cursor {@link Page#next} of the page before, or null
   * @throws BadCursor in the stage, when {@code cursor} is none
   */
  CompletionStage<Page<Alert>> alerts(AlertQuery query, String cursor, int limit);

  /** The alert with this id, as it fired or as it was resolved; empty when there is none. */
  CompletionStage<Optional<AlertLife>> alert(String id);
}
