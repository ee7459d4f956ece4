package io.hourglass.ingest;

import io.hourglass.event.Decoded;
import io.hourglass.window.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The events of a batch by key, in one pass, as far as its keys may be told at once. Plain Java, not for several threads. */
final class Grouping {

  /** What is one key's, ascending by offset, each with the watermark at its offset; and the watermark before the first. */
  record Part(List<Observation> observations, long watermarkBefore) {

    long first() {
      return observations.get(0).offset();
    }

    long last() {
      return observations.get(observations.size() - 1).offset();
    }
  }

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Batch batch;
  /** Events of the batch that are in a part. */
  private int taken;

  private Grouping(Batch batch) {
    this.batch = batch;
  }

  /**
   * Groups a batch up to the event that brings one key more than {@code most} that are not {@code known}.
   *
   * @param time moves on with every event that is taken
   * @param others the watermark of the other partitions that feed these keys
   */
  static Grouping of(Batch batch, int most, Predicate<String> known, PartitionTime time, long others) {
    Grouping grouping = new Grouping(batch);
    int strange = 0;
    for (Decoded.Event event : batch.events()) {
      Part part = grouping.parts.get(event.key());
      if (part == null) {
        strange += known.test(event.key()) ? 0 : 1;
        if (strange > most) {
          break;
        }
        part = new Part(new ArrayList<>(4), time.own());
        grouping.parts.put(event.key(), part);
      }
      Observation observation = event.observation();
      part.observations().add(observation.at(time.observe(observation.timestamp(), others)));
      grouping.taken++;
    }
    return grouping;
  }

  /** In the order of their first events. */
  Map<String, Part> parts() {
    return parts;
  }

  /** The offset after the last record that is taken; records without an event in the end count with all events. */
  long next() {
    return whole() ? batch.next() : batch.events().get(taken - 1).offset() + 1;
  }

  /** What of the batch is not taken; null when all of it is. */
  Batch rest() {
    List<Decoded.Event> events = batch.events();
    return whole() ? null : new Batch(events.subList(taken, events.size()), batch.next());
  }

  private boolean whole() {
    return taken == batch.events().size();
  }
}
