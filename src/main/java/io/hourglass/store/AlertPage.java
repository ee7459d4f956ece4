package io.hourglass.store;

import io.hourglass.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A page of alerts as it fills, newest first: over with its limit, or with what may be looked at for one page. */
final class AlertPage {

  /** What one page may cost: alerts that are looked at, and time. */
  record Cost(int mostLookedAt, Duration longest) {
    static final Cost DEFAULT = new Cost(20_000, Duration.ofSeconds(2));
  }

  private final AlertQuery query;
  private final int limit;
  private final Cost cost;
  private final long untilNs;
  private final List<Alert> found = new ArrayList<>();
  private int lookedAt;
  private Alert last;
  private boolean more;

  AlertPage(AlertQuery query, int limit, Cost cost) {
    this.query = query;
    this.limit = limit;
    this.cost = cost;
    this.untilNs = System.nanoTime() + cost.longest().toNanos();
  }

  /** @return whether the page takes more */
  boolean take(Alert alert) {
    boolean matches = query.matches(alert);
    if (found.size() == limit && matches || lookedAt == cost.mostLookedAt()) {
      more = true;
      return false;
    }
    lookedAt++;
    last = alert;
    if (matches) {
      found.add(alert);
    }
    return true;
  }

  /** To be asked between two reads: whether there is no time for the next. */
  boolean late() {
    more |= lookedAt > 0 && System.nanoTime() - untilNs >= 0;
    return more;
  }

  /** The rest begins after the last alert that was looked at. */
  Page<Alert> page() {
    return new Page<>(found, more ? AlertCursor.of(last).text() : null);
  }
}
