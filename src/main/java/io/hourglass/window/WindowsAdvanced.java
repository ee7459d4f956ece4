package io.hourglass.window;

import java.util.List;

/**
 * The one event of a key: everything that came since the event before, folded.
 *
 * @param seen offsets up to which the effect of each source is now in
 * @param watermark the watermark they were applied at
 * @param tallies what to merge into each window, and into each pane
 * @param late events that came too late, in their order
 * @param closedByClock windows that the wall clock closed
 * @param alerts what is told of alerts because of these observations
 * @param published windows whose close has left the key: output topic, read table
 * @param sent whether the alerts and late events of all events before this one have left
 * @param id tells this event from every other of its key; 0 in events of the first format
 * @param follows the event this one was made on top of: another writer's events may stand between; 0: none
 * @param rules where the rules stand; null in events without, and of the first two formats
 */
public record WindowsAdvanced(
    List<SeenOffset> seen,
    long watermark,
    List<TallyData> tallies,
    List<LateEvent> late,
    List<Long> closedByClock,
    List<RaisedAlert> alerts,
    List<Long> published,
    boolean sent,
    long id,
    long follows,
    RuleProgress rules) {}
