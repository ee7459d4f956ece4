package io.hourglass.alert;

import io.hourglass.window.RaisedAlert;
import java.util.Optional;

/** An alert log in memory that writes to a feed, with the offsets a topic would give. */
final class FakeLog {
  static final long HOUR_MS = 3_600_000;

  private final AlertFeed feed;
  private long end;

  FakeLog(AlertFeed feed, String epoch) {
    this.feed = feed;
    feed.accept(new LogEvent.Opened(epoch, 0, 0));
  }

  /** Appends and returns the offset it got. */
  long append(Alert alert) {
    feed.accept(new LogEvent.Entry(end, Optional.of(alert)));
    return end++;
  }

  void append(int from, int until) {
    for (int i = from; i < until; i++) {
      append(alert(i));
    }
  }

  /** The alert of rule burst over the {@code n}-th hour of key-n; every third is critical. */
  static Alert alert(int n) {
    return alert(n, "{key}: too many");
  }

  static Alert alert(int n, String summary) {
    long start = n * HOUR_MS;
    String severity = n % 3 == 0 ? "critical" : "warning";
    RaisedAlert raised = new RaisedAlert("burst", severity, summary, start, 1001 + n, start + 60_000);
    return Alerts.of("clicks", "key-" + n, raised, start + HOUR_MS, 1_700_000_000_000L);
  }
}
