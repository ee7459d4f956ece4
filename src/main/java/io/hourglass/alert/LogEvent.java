package io.hourglass.alert;

import java.util.Optional;

/** What the reader of the alert log tells the feed, in this order: the log opened, its entries, opened again. */
public sealed interface LogEvent {

  /**
   * Reading begins, or begins again after a failure.
   *
   * @param epoch of the topic
   * @param begin the first offset the log still has
   * @param end the offset that the next record will get; entries below it are history
   */
  record Opened(String epoch, long begin, long end) implements LogEvent {}

  /** A record; {@code alert} is empty where its bytes are not an alert. */
  record Entry(long offset, Optional<Alert> alert) implements LogEvent {}
}
