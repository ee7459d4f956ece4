package io.hourglass.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.TreeMap;

/** Alerts as JSON: for people in frames and lists. Times go out as ISO-8601 UTC. */
public final class AlertJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AlertJson() {}

  /** An item of {@code GET /v1/alerts}: a frame's fields without {@code type}; {@code id} is the alert's own. */
  public static ObjectNode item(Alert alert, Mark mark) {
    return mark.mark(fill(NODES.objectNode(), alert, alert.id()));
  }

  static String hello(Position after, boolean gap) {
    return text(NODES.objectNode().put("type", "hello").put("after", after.toString()).put("gap", gap));
  }

  /** A frame of the stream: {@code id} is where it stands, {@code alertId} the alert's own. */
  static String frame(Alert alert, Position position) {
    ObjectNode frame = fill(NODES.objectNode().put("type", "alert"), alert, position.toString());
    return text(frame.put("alertId", alert.id()));
  }

  static String heartbeat(Instant at) {
    return text(NODES.objectNode().put("type", "heartbeat").put("at", at.toString()));
  }

  static ObjectNode fill(ObjectNode node, Alert alert, String id) {
    node.put("id", id).put("status", alert.status());
    ObjectNode labels = node.putObject("labels")
        .put("pipeline", alert.pipeline())
        .put("rule", alert.rule())
        .put("key", alert.key())
        .put("severity", alert.severity());
    new TreeMap<>(alert.more()).forEach(labels::put);
    ObjectNode annotations = node.putObject("annotations").put("summary", alert.summary());
    if (!alert.description().isEmpty()) {
      annotations.put("description", alert.description());
    }
    node.set("value", number(alert.value()));
    if (alert.anomaly() != null) {
      node.putObject("anomaly").put("score", alert.anomaly().score()).put("expected", alert.anomaly().expected())
          .put("grade", alert.anomaly().grade());
    }
    node.putObject("window").put("start", time(alert.windowStart())).put("end", time(alert.windowEnd()));
    if (alert.activeAt() != null) {
      node.put("activeAt", time(alert.activeAt()));
    }
    return node.put("startsAt", time(alert.startsAt()))
        .put("endsAt", alert.endsAt() == null ? null : time(alert.endsAt()))
        .put("emittedAt", time(alert.emittedAt()))
        .put("fingerprint", alert.fingerprint());
  }

  /** JSON has no word for NaN or infinity: null. */
  private static JsonNode number(double value) {
    return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
  }

  private static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).toString();
  }

  private static String text(ObjectNode node) {
    return node.toString();
  }
}
