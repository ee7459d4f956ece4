package io.hourglass.window;

import java.util.List;

/**
 * What an event or a snapshot holds of a key's rules.
 *
 * @param states in an event those that changed, in a snapshot all
 * @param time event time up to which the rules were evaluated, epoch milliseconds
 * @param running start of the window that ran then
 * @param closed end of the newest window whose close was evaluated; {@link Long#MIN_VALUE}: none yet
 * @param version of the rules that were evaluated last; 0: none were
 */
public record RuleProgress(List<RuleState> states, long time, long running, long closed, long version) {
  static final long NONE = Long.MIN_VALUE;
}
