package io.hourglass.notify.group;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A group's alerts on their way to a receiver.
 *
 * @param key names the group among all of its receiver
 * @param alerts all of the group that are not muted, the oldest first
 */
public record Notification(String receiver, String key, SortedMap<String, String> labels, List<Held> alerts) {

  public Set<String> firing() {
    return alerts.stream().filter(Held::firing).map(Held::fingerprint).collect(Collectors.toSet());
  }

  public Set<String> resolved() {
    return alerts.stream().filter(alert -> !alert.firing()).map(Held::fingerprint).collect(Collectors.toSet());
  }

  Sent sent(long at) {
    return new Sent(receiver, labels, firing(), resolved(), at);
  }
}
