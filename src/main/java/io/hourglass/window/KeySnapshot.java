package io.hourglass.window;

import java.util.List;

/** A key's durable state as it is stored in a snapshot. */
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
    List<RaisedAlert> unsentAlerts) {

  /** How many events came too late for the window that begins at {@code start}. */
  public record LateCount(long start, long count) {}
}
