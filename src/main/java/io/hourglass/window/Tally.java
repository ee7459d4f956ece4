package io.hourglass.window;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is counted of one window: its events and its measures. The durable state of a window and the
 * pending delta on top of it are both tallies, joined by the same {@link #merge}.
 */
final class Tally {
  private final long start;
  private final int partition;
  private final List<MeasureSpec> specs;
  private final Measure[] measures;
  private long count;

  Tally(long start, int partition, List<MeasureSpec> specs) {
    this.start = start;
    this.partition = partition;
    this.specs = specs;
    this.measures = specs.stream().map(Measure::new).toArray(Measure[]::new);
  }

  Tally(TallyData data, List<MeasureSpec> specs) {
    this(data.start(), data.partition(), specs);
    count = data.count();
    for (int i = 0; i < measures.length; i++) {
      MeasureData stored = data.measures().get(specs.get(i).name());
      measures[i] = stored == null ? measures[i] : new Measure(specs.get(i), stored);
    }
  }

  void add(Source source, Observation observation) {
    count++;
    for (int i = 0; i < measures.length; i++) {
      String text = observation.texts() == null ? null : observation.texts()[i];
      measures[i].add(observation.numbers()[i], text, source, observation);
    }
  }

  Tally copy() {
    Tally copy = empty();
    copy.count = count;
    for (int i = 0; i < measures.length; i++) {
      copy.measures[i] = measures[i].copy();
    }
    return copy;
  }

  /** One of the same window that holds nothing. */
  Tally empty() {
    return new Tally(start, partition, specs);
  }

  /** Takes {@code other} in and returns this tally. */
  Tally merge(Tally other) {
    count += other.count;
    for (int i = 0; i < measures.length; i++) {
      measures[i].merge(other.measures[i]);
    }
    return this;
  }

  /** Takes in all but the distinct values of {@code other}. */
  void mergeSimple(Tally other) {
    count += other.count;
    for (int i = 0; i < measures.length; i++) {
      measures[i].mergeSimple(other.measures[i]);
    }
  }

  /** Rough size in memory, in bytes. */
  int weight() {
    int weight = 80;
    for (Measure measure : measures) {
      weight += measure.weight();
    }
    return weight;
  }

  long start() {
    return start;
  }

  int partition() {
    return partition;
  }

  long count() {
    return count;
  }

  Measure measure(int index) {
    return measures[index];
  }

  Map<String, byte[]> sketches() {
    Map<String, byte[]> sketches = new LinkedHashMap<>();
    for (int i = 0; i < measures.length; i++) {
      measures[i].sketches(specs.get(i).name(), sketches);
    }
    return sketches;
  }

  /** @param pane start of the pane that all of it falls into; null: not known */
  TallyData data(Long pane) {
    Map<String, MeasureData> stored = new LinkedHashMap<>();
    for (int i = 0; i < measures.length; i++) {
      if (measures[i].count() > 0) {
        stored.put(specs.get(i).name(), measures[i].data());
      }
    }
    return new TallyData(start, partition, count, stored, pane);
  }
}
