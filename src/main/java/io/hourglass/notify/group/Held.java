package io.hourglass.notify.group;

import io.hourglass.alert.Alert;
import java.util.SortedMap;

/**
 * An alert as it stands: the newest of its label set.
 *
 * @param since wall clock at which it was told to fire, epoch milliseconds
 */
public record Held(Alert alert, long since) {

  public String fingerprint() {
    return alert.fingerprint();
  }

  public SortedMap<String, String> labels() {
    return alert.labels();
  }

  public boolean firing() {
    return alert.endsAt() == null;
  }

  /** Wall clock at which it was told to be as it is, epoch milliseconds. */
  public long changedAt() {
    return alert.emittedAt();
  }
}
