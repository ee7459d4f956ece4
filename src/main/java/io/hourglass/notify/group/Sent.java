package io.hourglass.notify.group;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a receiver was told last of a group: an entry of Alertmanager's notification log.
 *
 * @param labels of the group
 * @param firing fingerprints of the alerts that fired
 * @param resolved fingerprints of those that had ended
 * @param at wall clock when it was delivered, epoch milliseconds
 */
public record Sent(String receiver, SortedMap<String, String> labels, Set<String> firing, Set<String> resolved, long at) {

  public Sent {
    labels = new TreeMap<>(labels);
    firing = new TreeSet<>(firing);
    resolved = new TreeSet<>(resolved);
  }

  /** Names the group among all of its receiver, as Alertmanager writes it: {@code {}:{rule="burst"}}. */
  public static String key(Map<String, String> labels) {
    StringBuilder key = new StringBuilder("{}:{");
    labels.forEach((name, value) -> key.append(key.charAt(key.length() - 1) == '{' ? "" : ", ").append(name).append("=\"")
        .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")).append('"'));
    return key.append('}').toString();
  }
}
