package io.hourglass.window;

import java.util.List;

/**
 * A key's durable state as it is stored in a snapshot.
 *
 * @param newest id of the newest event in it; 0 in snapshots of the first format
 * @param rules where the rules stand; null in snapshots of the first two formats, whose {@code alerts} are those that fire
 * @param panes of the rolling window; null in snapshots of the first three formats
 */
public record KeySnapshot(
    List<SeenOffset> seen,
    long watermark,
    List<TallyData> tallies,
    List<LateCount> late,
    long lateTotal,
    List<Long> closedByClock,
    List<Long> published,
    List<RaisedAlert> alerts,
    List<LateEvent> unsentLate,
    List<RaisedAlert> unsentAlerts,
    long newest,
    RuleProgress rules,
    List<TallyData> panes) {

  /** How many events came too late for the window that begins at {@code start}. */
  public record LateCount(long start, long count) {}
}
