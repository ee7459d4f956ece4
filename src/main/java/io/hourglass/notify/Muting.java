package io.hourglass.notify;

import io.hourglass.alert.Alert;
import io.hourglass.alert.LogEvent;
import io.hourglass.alert.Mark;
import io.hourglass.alert.Marks;
import io.hourglass.notify.group.Inhibiting;
import io.hourglass.silence.Silences;
import java.util.List;
import java.util.Optional;

/** What mutes an alert on this node just now: silences, once they are known, and other alerts. */
public final class Muting implements Marks {
  private final Inhibiting inhibiting;
  private volatile Optional<Silences> silences = Optional.empty();

  public Muting(Inhibiting inhibiting) {
    this.inhibiting = inhibiting;
  }

  public void silence(Silences known) {
    silences = Optional.of(known);
  }

  /** Empty until they are known. */
  public Optional<Silences> silences() {
    return silences;
  }

  /** The next of the log, before anybody is told of it. */
  public void follow(LogEvent event) {
    if (event instanceof LogEvent.Entry entry) {
      entry.alert().ifPresent(inhibiting::follow);
    }
  }

  /** Alerts that fire since before the log begins. */
  public void seed(Kept kept) {
    kept.firing().forEach(inhibiting::seed);
  }

  @Override
  public Mark of(Alert alert) {
    Mark mark = new Mark(
        silences.filter(known -> !known.none()).map(known -> known.muting(alert.labels())).orElseGet(List::of), inhibiting.muting(alert));
    return mark.muted() ? mark : Mark.NONE;
  }
}
