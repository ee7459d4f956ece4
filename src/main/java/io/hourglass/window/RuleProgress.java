package io.hourglass.window;

import java.util.List;

/**
 * What an event or a snapshot holds of a key's rules.
 *
 * @param states in an event those that changed, in a snapshot all
 * @param time event time up to which the rules were evaluated, epoch milliseconds
 * @param running start of the window that ran then
 * @param closed end of the newest window whose close was evaluated; {@link Long#MIN_VALUE}: none yet
 * @param samples in an event what closed windows add to the baselines
 * @param baselines in a snapshot all of them
 * @param values that the key had not had before; in a snapshot all
 * @param points in an event what closed windows add to the series that are judged
 * @param series in a snapshot all of them
 * @param version of the rules that were evaluated last; 0: none were
 * @param reviews how often the rules were found to be others
 */
public record RuleProgress(List<RuleState> states, long time, long running, long closed, List<Sample> samples, List<Baseline> baselines,
    List<KnownValue> values, List<SeriesPoint> points, List<SeriesHistory> series, long version, long reviews) {
  static final long NONE = Long.MIN_VALUE;
}
