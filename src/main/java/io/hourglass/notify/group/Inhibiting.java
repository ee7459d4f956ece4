package io.hourglass.notify.group;

import io.hourglass.alert.Alert;
import io.hourglass.settings.Notify.Inhibition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which alerts are muted by others of the same key. Follows the alert log; of an alert that fires since before the log
 * begins it is told by {@link #seed}. One thread at a time tells; any thread asks.
 */
public final class Inhibiting {
  private static final int REMEMBERED = 10_000;

  private record Rule(String pipeline, String name) {}

  private record Source(Rule rule, String key) {
    static Source of(Alert alert) {
      return new Source(new Rule(alert.pipeline(), alert.rule()), alert.key());
    }
  }

  /** Which rules mute a rule. */
  private final Map<Rule, Set<String>> sources = new ConcurrentHashMap<>();
  private final Set<Rule> muting = ConcurrentHashMap.newKeySet();
  private final Map<Source, Alert> firing = new ConcurrentHashMap<>();
  private final Map<Source, String> ended = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Source, String> eldest) {
      return size() > REMEMBERED;
    }
  };

  public Inhibiting(List<Inhibition> inhibitions) {
    for (Inhibition each : inhibitions) {
      muting.add(new Rule(each.pipeline(), each.source()));
      sources.computeIfAbsent(new Rule(each.pipeline(), each.target()), rule -> new TreeSet<>()).add(each.source());
    }
  }

  /** The next of the log; what is told twice changes nothing. */
  public synchronized void follow(Alert alert) {
    Source source = Source.of(alert);
    if (!muting.contains(source.rule())) {
      return;
    }
    if (alert.endsAt() == null && !alert.episode().equals(ended.get(source))) {
      firing.put(source, alert);
    } else if (alert.endsAt() != null) {
      ended.put(source, alert.episode());
      firing.computeIfPresent(source, (same, before) -> before.episode().equals(alert.episode()) ? null : before);
    }
  }

  /** It fires as far as is known from elsewhere; the log knows better. */
  public synchronized void seed(Alert alert) {
    Source source = Source.of(alert);
    if (muting.contains(source.rule()) && !firing.containsKey(source) && !ended.containsKey(source)) {
      firing.put(source, alert);
    }
  }

  /** Fingerprints of what mutes an alert, in order. */
  public List<String> muting(Alert alert) {
    Set<String> rules = sources.get(new Rule(alert.pipeline(), alert.rule()));
    return rules == null ? List.of() : rules.stream()
        .map(rule -> Optional.ofNullable(firing.get(new Source(new Rule(alert.pipeline(), rule), alert.key()))))
        .flatMap(Optional::stream).map(Alert::fingerprint).sorted().toList();
  }
}
