package io.hourglass.notify.group;

import io.hourglass.alert.Alert;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What fires, by label set, folded from the alert log, which may tell a thing twice. An alert that was told to end stays
 * ended, however often it is told to fire again; what ends without having fired is nobody's concern.
 */
public final class Ledger {
  private static final int REMEMBERED = 100_000;

  private final Map<String, Held> held = new HashMap<>();
  /** Episodes that ended: they are not to fire again when nobody holds them any more. */
  private final Map<String, Boolean> ended = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  };

  /** As it was kept. */
  public void restore(Held one) {
    held.put(one.fingerprint(), one);
    if (!one.firing()) {
      ended.put(one.alert().episode(), true);
    }
  }

  /** The alert as it stands now, if that is news. */
  public Optional<Held> accept(Alert alert) {
    Held before = held.get(alert.fingerprint());
    Optional<Held> now = alert.endsAt() == null ? fires(alert, before) : ends(alert, before);
    now.ifPresent(this::restore);
    return now;
  }

  private Optional<Held> fires(Alert alert, Held before) {
    boolean told = ended.containsKey(alert.episode())
        || before != null && before.firing() && (before.alert().episode().equals(alert.episode()) || before.alert().startsAt() > alert.startsAt());
    return told ? Optional.empty() : Optional.of(new Held(alert, alert.emittedAt()));
  }

  private static Optional<Held> ends(Alert alert, Held before) {
    boolean fires = before != null && before.firing() && before.alert().episode().equals(alert.episode());
    return fires ? Optional.of(new Held(alert, before.since())) : Optional.empty();
  }

  public Collection<Held> all() {
    return held.values();
  }

  public Optional<Held> get(String fingerprint) {
    return Optional.ofNullable(held.get(fingerprint));
  }

  /** Nobody needs to be told of it any more. */
  public void forget(String fingerprint) {
    held.remove(fingerprint);
  }
}
