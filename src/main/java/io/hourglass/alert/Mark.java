package io.hourglass.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What keeps an alert from being sent at a time. It is in the log and in the stream all the same.
 *
 * @param silencedBy ids of silences
 * @param inhibitedBy fingerprints of firing alerts whose rules mute this one's
 */
public record Mark(List<String> silencedBy, List<String> inhibitedBy) {
  public static final Mark NONE = new Mark(List.of(), List.of());

  public Mark {
    silencedBy = List.copyOf(silencedBy);
    inhibitedBy = List.copyOf(inhibitedBy);
  }

  public boolean muted() {
    return !silencedBy.isEmpty() || !inhibitedBy.isEmpty();
  }

  /** Sets {@code silencedBy} and {@code inhibitedBy}, each only if there is one. */
  ObjectNode mark(ObjectNode alert) {
    add(alert, "silencedBy", silencedBy);
    add(alert, "inhibitedBy", inhibitedBy);
    return alert;
  }

  private static void add(ObjectNode alert, String field, List<String> ids) {
    ids.forEach(id -> alert.withArray(field).add(id));
  }

  /** The same for an alert that is rendered already. */
  String mark(String alert) {
    return muted() ? alert.substring(0, alert.length() - 1) + "," + mark(JsonNodeFactory.instance.objectNode()).toString().substring(1) : alert;
  }
}
