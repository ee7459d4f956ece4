package io.hourglass.store;

import io.hourglass.alert.Alert;
import java.util.Optional;

/**
 * Which alerts are asked for; an empty part asks for all.
 *
 * @param state {@code firing} or {@code resolved}
 * @param from least {@code startsAt}, inclusive, epoch milliseconds
 * @param to greatest {@code startsAt}, exclusive, epoch milliseconds
 */
public record AlertQuery(
    Optional<String> state,
    Optional<String> pipeline,
    Optional<String> rule,
    Optional<String> key,
    Optional<String> severity,
    long from,
    long to) {

  /** All alerts. */
  public static AlertQuery all() {
    return new AlertQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Whether {@code alert} is asked for. */
  public boolean matches(Alert alert) {
    return is(state, alert.status())
        && is(pipeline, alert.pipeline())
        && is(rule, alert.rule())
        && is(key, alert.key())
        && is(severity, alert.severity())
        && from <= alert.startsAt()
        && alert.startsAt() < to;
  }

  private static boolean is(Optional<String> wanted, String value) {
    return wanted.isEmpty() || wanted.get().equals(value);
  }
}
