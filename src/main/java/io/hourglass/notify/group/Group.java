package io.hourglass.notify.group;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * Alerts of one receiver that have the grouping labels in common. It looks at itself after {@code wait}, from then on every
 * {@code interval}, and is told of only if there is something to tell.
 */
final class Group {
  private final String receiver;
  private final SortedMap<String, String> labels;
  private final Timing timing;
  private final Map<String, Held> alerts = new LinkedHashMap<>();
  private long nextLook;
  private boolean looked;
  /** What is on its way; null: nothing. */
  private Notification underway;
  /** Null: nothing was told. */
  private Sent sent;

  Group(String receiver, SortedMap<String, String> labels, Timing timing, Sent sent, long now) {
    this.receiver = receiver;
    this.labels = labels;
    this.timing = timing;
    this.sent = sent;
    this.nextLook = now + timing.waitMs();
  }

  String key() {
    return Sent.key(labels);
  }

  /** An alert that was told longer ago than a new group waits is not kept waiting: after a restart, or a long way here. */
  void put(Held alert, long now) {
    alerts.put(alert.fingerprint(), alert);
    if (!looked && alert.changedAt() + timing.waitMs() <= now) {
      nextLook = Math.min(nextLook, now);
    }
  }

  boolean holds(String fingerprint) {
    return alerts.containsKey(fingerprint);
  }

  boolean empty() {
    return alerts.isEmpty();
  }

  boolean due(long now) {
    return underway == null && nextLook <= now;
  }

  /** @return what is to be told; then nothing else is until {@link #delivered} or {@link #failed} */
  Optional<Notification> look(long now, Predicate<Held> muted) {
    looked = true;
    nextLook = now + timing.intervalMs();
    List<Held> audible = alerts.values().stream().filter(muted.negate()).sorted(Comparator.comparingLong(Held::since)).toList();
    Notification found = new Notification(receiver, key(), labels, audible);
    if (!audible.isEmpty() && isNews(found, now)) {
      underway = found;
      return Optional.of(found);
    }
    forgetResolved(List.copyOf(alerts.values()));
    return Optional.empty();
  }

  /** {@code DedupStage.needsUpdate}. */
  private boolean isNews(Notification found, long now) {
    Set<String> firing = found.firing();
    if (sent == null) {
      return !firing.isEmpty();
    }
    if (!sent.firing().containsAll(firing)) {
      return true;
    }
    if (firing.isEmpty()) {
      return !sent.firing().isEmpty();
    }
    return timing.sendResolved() && !sent.resolved().containsAll(found.resolved()) || sent.at() < now - timing.repeatMs();
  }

  /** What was underway is with the receiver, or was refused for good. */
  Sent delivered(long now) {
    sent = underway.sent(now);
    forgetResolved(underway.alerts());
    underway = null;
    return sent;
  }

  /** It is told again, as it is by then, at the next look. */
  void failed() {
    underway = null;
  }

  /** An alert that fires again meanwhile stays. */
  private void forgetResolved(Collection<Held> told) {
    told.stream().filter(alert -> !alert.firing()).forEach(alert -> alerts.remove(alert.fingerprint(), alert));
  }
}
