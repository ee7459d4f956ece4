package io.hourglass.notify.group;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What one Alertmanager is told: each alert when it changes, and again at intervals, as Alertmanager takes for resolved what
 * it no longer hears of. One batch is underway at a time.
 */
public final class Pushes {
  /** Alerts in a batch. */
  public static final int BATCH = 256;
  /** What has ended is told again for so long, ms: a lost answer, an Alertmanager that was restarted. */
  static final long RESOLVED_MS = 300_000;
  /** A firing alert is believed for so many intervals; Prometheus has the same. */
  static final int BELIEVED = 4;
  private static final long LEAST_PAUSE_MS = 500;

  private static final class Known {
    Held alert;
    /** When it was last pushed as it is; -1: not yet. */
    long pushedAt = -1;

    Known(Held alert) {
      this.alert = alert;
    }
  }

  private final long resendMs;
  private final Map<String, Known> known = new LinkedHashMap<>();
  private List<Push> underway = List.of();
  private int failures;
  private long notBefore = Long.MIN_VALUE;

  /** @param resendMs how often a firing alert is told again */
  public Pushes(long resendMs) {
    this.resendMs = resendMs;
  }

  public void put(Held alert) {
    known.put(alert.fingerprint(), new Known(alert));
  }

  public boolean holds(Held alert) {
    return known.containsKey(alert.fingerprint());
  }

  /** The next batch, empty if there is nothing to tell; it is answered by {@link #delivered} or {@link #failed}. */
  public List<Push> due(long now, Predicate<Held> muted) {
    known.values().removeIf(each -> over(each, now));
    if (!underway.isEmpty() || now < notBefore) {
      return List.of();
    }
    List<Push> batch = new ArrayList<>();
    for (Known each : known.values()) {
      if (batch.size() < BATCH && (each.pushedAt < 0 || each.pushedAt + resendMs <= now) && !muted.test(each.alert)) {
        batch.add(push(each.alert, now));
      }
    }
    underway = batch;
    return batch;
  }

  /** It has ended long ago and was told, or its Alertmanager has given it up meanwhile. */
  private boolean over(Known each, long now) {
    long kept = each.pushedAt >= 0 ? RESOLVED_MS : RESOLVED_MS + BELIEVED * resendMs;
    return !each.alert.firing() && each.alert.changedAt() + kept <= now;
  }

  private Push push(Held alert, long now) {
    long startsAt = Math.min(alert.since(), now);
    long endsAt = alert.firing() ? now + BELIEVED * resendMs : Math.max(startsAt, Math.min(alert.changedAt(), now));
    return new Push(alert, startsAt, endsAt);
  }

  /** The batch is there, or was refused for good. */
  public void delivered(long now) {
    failures = 0;
    for (Push push : underway) {
      Known each = known.get(push.alert().fingerprint());
      if (each != null && each.alert.equals(push.alert())) {
        each.pushedAt = now;
      }
    }
    underway = List.of();
  }

  /** It is tried again after a pause that doubles up to the interval. */
  public void failed(long now) {
    notBefore = now + Math.min(resendMs, LEAST_PAUSE_MS << Math.min(failures, 20));
    failures++;
    underway = List.of();
  }
}
