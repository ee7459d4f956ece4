package io.hourglass.notify.group;

import io.hourglass.alert.Alert;
import io.hourglass.settings.Notify;
import io.hourglass.settings.Notify.Endpoint;
import io.hourglass.settings.Notify.Webhook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What fires, who is concerned, and what each is to be told at a time. */
public final class Dispatch {
  /** So many at a time, for the sake of those who keep them. */
  private static final int FORGOTTEN = 1_000;

  private final Ledger ledger = new Ledger();
  private final Map<String, Groups> webhooks = new LinkedHashMap<>();
  private final Map<String, Pushes> alertmanagers = new LinkedHashMap<>();
  private final Map<String, Predicate<Map<String, String>>> matches = new LinkedHashMap<>();

  /** A group of which nothing is left to be kept. */
  public record Gone(String receiver, String key) {}

  /**
   * What is to be done at a time.
   *
   * @param pushes by Alertmanager; none is empty
   * @param forgotten fingerprints of alerts that have ended and that everybody knows of
   */
  public record Due(List<Notification> notifications, Map<String, List<Push>> pushes, List<Gone> gone, List<String> forgotten) {}

  public Dispatch(Notify settings) {
    for (Webhook hook : settings.webhooks()) {
      matches.put(hook.endpoint().name(), match(hook.endpoint()));
      webhooks.put(hook.endpoint().name(), new Groups(hook.endpoint().name(), hook.groupBy(), timing(hook)));
    }
    settings.alertmanagers().forEach(each -> {
      matches.put(each.endpoint().name(), match(each.endpoint()));
      alertmanagers.put(each.endpoint().name(), new Pushes(each.resendAfter().toMillis()));
    });
  }

  private static Predicate<Map<String, String>> match(Endpoint endpoint) {
    return endpoint.match().stream().map(matcher -> matcher.compiled()).reduce(labels -> true, Predicate::and);
  }

  private static Timing timing(Webhook hook) {
    return new Timing(hook.groupWait().toMillis(), hook.groupInterval().toMillis(), hook.repeatInterval().toMillis(), hook.sendResolved());
  }

  /** Begins with what was kept; the keys of groups that are no more are to be forgotten. */
  public List<Gone> restore(List<Held> alerts, List<Sent> sent, long now) {
    List<Gone> gone = new ArrayList<>();
    for (Sent each : sent) {
      Optional.ofNullable(webhooks.get(each.receiver())).ifPresentOrElse(
          groups -> groups.restore(each), () -> gone.add(new Gone(each.receiver(), Sent.key(each.labels()))));
    }
    alerts.forEach(alert -> {
      ledger.restore(alert);
      put(alert, now);
    });
    webhooks.forEach((name, groups) -> groups.leftOver().forEach(key -> gone.add(new Gone(name, key))));
    return gone;
  }

  /** The alert as it is to be kept, if it is news. */
  public Optional<Held> accept(Alert alert, long now) {
    Optional<Held> news = ledger.accept(alert);
    news.ifPresent(held -> put(held, now));
    return news;
  }

  private void put(Held alert, long now) {
    webhooks.forEach((name, groups) -> {
      if (matches.get(name).test(alert.labels())) {
        groups.put(alert, now);
      }
    });
    alertmanagers.forEach((name, pushes) -> {
      if (matches.get(name).test(alert.labels())) {
        pushes.put(alert);
      }
    });
  }

  /** @param muted whether an alert is not to be sent just now */
  public Due due(long now, Predicate<Held> muted) {
    List<Notification> notifications = new ArrayList<>();
    List<Gone> gone = new ArrayList<>();
    webhooks.forEach((name, groups) -> {
      List<String> keys = new ArrayList<>();
      notifications.addAll(groups.due(now, muted, keys));
      keys.forEach(key -> gone.add(new Gone(name, key)));
    });
    Map<String, List<Push>> pushes = new LinkedHashMap<>();
    alertmanagers.forEach((name, each) -> {
      List<Push> batch = each.due(now, muted);
      if (!batch.isEmpty()) {
        pushes.put(name, batch);
      }
    });
    return new Due(notifications, pushes, gone, forgotten());
  }

  private List<String> forgotten() {
    List<String> known = ledger.all().stream().filter(alert -> !alert.firing() && !held(alert)).map(Held::fingerprint)
        .limit(FORGOTTEN).toList();
    known.forEach(ledger::forget);
    return known;
  }

  private boolean held(Held alert) {
    return webhooks.values().stream().anyMatch(groups -> groups.holds(alert))
        || alertmanagers.values().stream().anyMatch(pushes -> pushes.holds(alert));
  }

  /** @return what is to be kept of it; empty: nothing any more */
  public Optional<Sent> delivered(Notification notification, long now) {
    return webhooks.get(notification.receiver()).delivered(notification.key(), now);
  }

  public void failed(Notification notification) {
    webhooks.get(notification.receiver()).failed(notification.key());
  }

  public void pushed(String alertmanager, boolean delivered, long now) {
    if (delivered) {
      alertmanagers.get(alertmanager).delivered(now);
    } else {
      alertmanagers.get(alertmanager).failed(now);
    }
  }

  /** Alerts that fire, as far as is known. */
  public long firing() {
    return ledger.all().stream().filter(Held::firing).count();
  }
}
