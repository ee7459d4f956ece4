package io.hourglass.alert;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hourglass.window.Oddness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An alert in the log's topic: a frame as subscribers get it, with the alert's own {@code id}, and {@code episode}. The log of
 * an earlier release, whose fields stand side by side, is read as well.
 */
final class AlertRecord {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AlertRecord() {}

  static byte[] write(Alert alert) {
    ObjectNode frame = MAPPER.createObjectNode().put("type", "alert");
    return AlertJson.fill(frame, alert, alert.id()).put("episode", alert.episode()).toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #write} wrote, unknown fields left aside.
   *
   * @throws IOException when it is no alert
   */
  static Alert read(byte[] record) throws IOException {
    JsonNode json = MAPPER.readTree(record);
    if (json.has("pipeline")) {
      return MAPPER.readerFor(Alert.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).readValue(json);
    }
    try {
      return alert(json);
    } catch (DateTimeException | NullPointerException bad) {
      throw new IOException("a field is missing or no time: " + bad.getMessage(), bad);
    }
  }

  private static Alert alert(JsonNode json) {
    Map<String, String> labels = labels(json.get("labels"));
    return new Alert(text(json, "id"), text(json, "status"), own(labels, "pipeline"), own(labels, "rule"), own(labels, "key"),
        own(labels, "severity"), text(json.get("annotations"), "summary"), json.path("value").asDouble(Double.NaN),
        time(json.get("window"), "start"), time(json.get("window"), "end"), time(json, "startsAt"), timeOrNull(json, "endsAt"),
        time(json, "emittedAt"), text(json, "fingerprint"), text(json, "episode"), labels,
        json.get("annotations").path("description").asText(), oddness(json.get("anomaly")), timeOrNull(json, "activeAt"));
  }

  private static Map<String, String> labels(JsonNode labels) {
    return Objects.requireNonNull(labels, "labels").properties().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asText(), (one, other) -> other, TreeMap::new));
  }

  private static String own(Map<String, String> labels, String name) {
    return Objects.requireNonNull(labels.remove(name), name);
  }

  private static String text(JsonNode json, String field) {
    return json.get(field).asText();
  }

  private static long time(JsonNode json, String field) {
    return Instant.parse(text(json, field)).toEpochMilli();
  }

  private static Long timeOrNull(JsonNode json, String field) {
    return json.hasNonNull(field) ? (Long) time(json, field) : null;
  }

  private static Oddness oddness(JsonNode anomaly) {
    return anomaly == null ? null : new Oddness(anomaly.path("score").asDouble(), anomaly.path("expected").asDouble(), anomaly.path("grade").asDouble());
  }
}
