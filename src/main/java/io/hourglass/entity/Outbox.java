package io.hourglass.entity;

import akka.Done;
import io.hourglass.window.LateEvent;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What leaves an entity because of what it persisted: done at least once, again after a crash, and
 * idempotent by the identity of what is sent.
 */
public interface Outbox {

  /** Completes when every item has been taken by Kafka or Cassandra. */
  CompletionStage<Done> send(String key, List<Item> items);

  sealed interface Item {}

  /** A window has its first durable event; {@code partition} is the source partition it came from. */
  record Opened(long start, int partition) implements Item {}

  record Closed(StoredWindow stored, int partition) implements Item {
    public WindowResult window() {
      return stored.window();
    }
  }

  /** Alerts that fire or are over, in their order. */
  record Raised(List<RaisedAlert> alerts) implements Item {}

  /** Events that came too late; {@code total} is the count of that window so far. */
  record Late(List<LateEvent> events, List<Total> totals) implements Item {}

  record Total(long start, long late) {}
}
