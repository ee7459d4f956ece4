package io.hourglass.ingest;

import io.hourglass.event.Decoded;
import java.util.List;

/**
 * Records handled together.
 *
 * @param events those that count, ascending by offset
 * @param next the offset after the last record, rejected ones included
 */
public record Batch(List<Decoded.Event> events, long next) {

  /** What of it stands at {@code position} or behind. */
  Batch from(long position) {
    return events.isEmpty() || events.get(0).offset() >= position
        ? this
        : new Batch(events.stream().filter(event -> event.offset() >= position).toList(), next);
  }
}
