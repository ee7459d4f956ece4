package io.hourglass.notify.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All groups of one receiver. */
public final class Groups {
  /** Notifications that are on their way at a time. */
  public static final int UNDERWAY = 16;
  private static final String ALL = "...";

  private final String receiver;
  private final List<String> by;
  private final Timing timing;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Sent> restored = new HashMap<>();
  private int underway;

  /** @param by labels that make a group; {@code ...}: all of them */
  public Groups(String receiver, List<String> by, Timing timing) {
    this.receiver = receiver;
    this.by = List.copyOf(by);
    this.timing = timing;
  }

  /** What the receiver was told, as it was kept; before any alert is put. */
  public void restore(Sent sent) {
    restored.put(Sent.key(sent.labels()), sent);
  }

  /** Keys of groups that were told of something and of which there is no alert left. */
  public List<String> leftOver() {
    return restored.keySet().stream().filter(key -> !groups.containsKey(key)).toList();
  }

  public void put(Held alert, long now) {
    SortedMap<String, String> labels = labels(alert);
    groups.computeIfAbsent(Sent.key(labels), key -> new Group(receiver, labels, timing, restored.get(key), now)).put(alert, now);
  }

  private SortedMap<String, String> labels(Held alert) {
    SortedMap<String, String> labels = new TreeMap<>(alert.labels());
    if (!by.contains(ALL)) {
      labels.keySet().retainAll(by);
    }
    return labels;
  }

  public boolean holds(Held alert) {
    Group group = groups.get(Sent.key(labels(alert)));
    return group != null && group.holds(alert.fingerprint());
  }

  /**
   * What is to be told now; each is answered by {@link #delivered} or {@link #failed}.
   *
   * @param muted whether an alert is not to be sent just now
   * @param gone is told the key of each group that has no alert any more
   */
  public List<Notification> due(long now, Predicate<Held> muted, List<String> gone) {
    List<Notification> due = new ArrayList<>();
    for (Group group : List.copyOf(groups.values())) {
      if (underway + due.size() < UNDERWAY && group.due(now)) {
        group.look(now, muted).ifPresent(due::add);
        removeEmpty(group, gone);
      }
    }
    underway += due.size();
    return due;
  }

  /** @return what is to be kept; empty: nothing, the group is gone */
  public Optional<Sent> delivered(String key, long now) {
    underway--;
    Group group = groups.get(key);
    Sent sent = group.delivered(now);
    List<String> gone = new ArrayList<>();
    removeEmpty(group, gone);
    return gone.isEmpty() ? Optional.of(sent) : Optional.empty();
  }

  public void failed(String key) {
    underway--;
    groups.get(key).failed();
  }

  private void removeEmpty(Group group, List<String> gone) {
    if (group.empty()) {
      groups.remove(group.key());
      restored.remove(group.key());
      gone.add(group.key());
    }
  }
}
