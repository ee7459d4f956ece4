package io.hourglass.window;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a key has taken in since its newest durable event: the delta that the next event will hold. */
final class Pending {
  final TreeMap<Source, Long> seen = new TreeMap<>();
  final TreeMap<Long, WindowDelta> windows = new TreeMap<>();
  final List<LateEvent> late = new ArrayList<>();
  final List<RaisedAlert> alerts = new ArrayList<>();
  final TreeMap<String, RuleState> rules = new TreeMap<>();
  final List<Sample> samples = new ArrayList<>();
  final List<KnownValue> values = new ArrayList<>();
  final List<SeriesPoint> points = new ArrayList<>();
  final TreeSet<Long> closedByClock = new TreeSet<>();
  final TreeSet<Long> published = new TreeSet<>();

  /** Whether there is anything that a crash would lose; what is known to have left is none of it. */
  boolean isEmpty() {
    return seen.isEmpty() && closedByClock.isEmpty() && alerts.isEmpty() && rules.isEmpty();
  }

  /** @param firstPane panes that begin before it need not be told apart */
  WindowsAdvanced event(long watermark, long firstPane, boolean sent, long id, long follows, RuleProgress progress) {
    List<TallyData> tallies = new ArrayList<>();
    windows.values().forEach(delta -> delta.store(firstPane, tallies));
    return new WindowsAdvanced(
        seen.entrySet().stream().map(each -> new SeenOffset(each.getKey(), each.getValue())).toList(),
        watermark,
        tallies,
        List.copyOf(late),
        List.copyOf(closedByClock),
        List.copyOf(alerts),
        List.copyOf(published),
        sent,
        id,
        follows,
        progress);
  }
}
