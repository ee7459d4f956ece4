package io.hourglass.window;

import java.util.List;

/**
 * The one event of a key: everything that came since the event before, folded.
 *
 * @param seen offsets up to which the effect of each source is now in
 * @param watermark the watermark they were applied at
 * @param tallies what to merge into each window
 * @param late events that came too late, in their order
 * @param closedByClock windows that the wall clock closed
 * @param alerts raised with these observations
 * @param published windows whose close has left the key: output topic, read table
 * @param sent whether the alerts and late events of all events before this one have left
 */
public record WindowsAdvanced(
    List<SeenOffset> seen,
    long watermark,
    List<TallyData> tallies,
    List<LateEvent> late,
    List<Long> closedByClock,
    List<RaisedAlert> alerts,
    List<Long> published,
    boolean sent) {}
