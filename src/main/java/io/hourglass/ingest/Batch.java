package io.hourglass.ingest;

import io.hourglass.event.Decoded;
import java.util.ArrayList;
import java.util.List;

/**
 * Records handled together.
 *
 * @param events those that count, ascending by offset unless the stream began anew
 * @param next the offset after the last record, rejected ones included
 * @param full whether more was there and had to wait
 */
public record Batch(List<Decoded.Event> events, long next, boolean full) {

  public Batch(List<Decoded.Event> events, long next) {
    this(events, next, false);
  }

  /**
   * What of it stands at {@code position} or behind, ascending. A stream that begins anew in the middle of a batch brings
   * offsets a second time, behind greater ones.
   */
  Batch from(long position) {
    List<Decoded.Event> rest = new ArrayList<>(events.size());
    long from = position;
    for (Decoded.Event event : events) {
      if (event.offset() >= from) {
        rest.add(event);
        from = event.offset() + 1;
      }
    }
    return rest.size() == events.size() && next >= from ? this : new Batch(rest, Math.max(from, next));
  }
}
