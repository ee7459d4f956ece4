package io.hourglass.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the rules of a key remember of its past: baselines of closed windows, and which values it has had. */
final class Memory {
  /** So many values of a measure are remembered; what comes after is as if it had been there. */
  static final int MOST_VALUES = 1_000;

  /** So many points are kept beside what was learnt before. */
  private static final int MOST_SINCE = 64;

  private final Map<String, Map<Integer, Moments>> baselines = new TreeMap<>();
  private final Map<String, Set<Long>> values = new TreeMap<>();
  private final Map<String, SeriesHistory> series = new TreeMap<>();

  void add(SeriesPoint point) {
    SeriesHistory history = history(point.series());
    List<SeriesPoint> since = new ArrayList<>(history.since());
    since.add(point);
    series.put(point.series(), new SeriesHistory(point.series(), history.learnt(), since));
  }

  void add(SeriesHistory history) {
    series.put(history.series(), history);
  }

  SeriesHistory history(String name) {
    return series.getOrDefault(name, new SeriesHistory(name, null, List.of()));
  }

  /** All series; what has come since is learnt first where it is long. */
  List<SeriesHistory> histories(SeriesHistory.Learning learning) {
    series.replaceAll((name, history) -> history.compacted(learning, MOST_SINCE));
    return List.copyOf(series.values());
  }

  void add(Sample sample) {
    baselines.computeIfAbsent(sample.series(), any -> new TreeMap<>())
        .merge(sample.slot(), Moments.NONE.add(sample.value()), (moments, one) -> moments.add(sample.value()));
  }

  void add(Baseline baseline) {
    Map<Integer, Moments> slots = baselines.computeIfAbsent(baseline.series(), any -> new TreeMap<>());
    baseline.slots().forEach(slot -> slots.put(slot.slot(), slot.moments()));
  }

  void add(KnownValue value) {
    values.computeIfAbsent(value.measure(), any -> new TreeSet<>()).add(value.hash());
  }

  Moments baseline(String series, int slot) {
    return baselines.getOrDefault(series, Map.of()).getOrDefault(slot, Moments.NONE);
  }

  boolean knows(KnownValue value) {
    Set<Long> known = values.getOrDefault(value.measure(), Set.of());
    return known.contains(value.hash());
  }

  int values(String measure) {
    return values.getOrDefault(measure, Set.of()).size();
  }

  List<Baseline> baselines() {
    List<Baseline> all = new ArrayList<>();
    baselines.forEach((series, slots) -> all.add(new Baseline(series,
        slots.entrySet().stream().map(each -> new Baseline.Slot(each.getKey(), each.getValue())).toList())));
    return all;
  }

  List<KnownValue> values() {
    List<KnownValue> all = new ArrayList<>();
    values.forEach((measure, hashes) -> hashes.forEach(hash -> all.add(new KnownValue(measure, hash))));
    return all;
  }
}
