package io.hourglass.ingest;

import io.hourglass.event.Decoded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Records handled together.
 *
 * @param events those that count, ascending by offset unless the stream began anew
 * @param next the offset after the last record, rejected ones included
 */
public record Batch(List<Decoded.Event> events, long next) {

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

  /** A batch in two; {@code rest} is null when nothing is left. */
  record Cut(Batch now, Batch rest) {}

  /** Cut before the event that brings one key more than {@code most} that are not {@code known}. */
  Cut cut(int most, Predicate<String> known) {
    Set<String> strange = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      String key = events.get(i).key();
      if (!known.test(key) && strange.add(key) && strange.size() > most) {
        return new Cut(new Batch(events.subList(0, i), events.get(i - 1).offset() + 1), new Batch(events.subList(i, events.size()), next));
      }
    }
    return new Cut(this, null);
  }
}
