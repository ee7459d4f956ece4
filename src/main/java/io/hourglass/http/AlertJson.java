package io.hourglass.http;

import io.hourglass.alert.Alert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An alert as it goes out: the frame of the alert stream without its type. */
record AlertJson(
    String id,
    String status,
    Map<String, String> labels,
    Map<String, String> annotations,
    Double value,
    Span window,
    Instant startsAt,
    Instant endsAt,
    Instant emittedAt,
    String fingerprint) {

  /** The window the alert is about, {@code [start, end)}. */
  record Span(Instant start, Instant end) {}

  static AlertJson of(Alert alert) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("pipeline", alert.pipeline());
    labels.put("rule", alert.rule());
    labels.put("key", alert.key());
    labels.put("severity", alert.severity());
    return new AlertJson(alert.id(), alert.status(), labels, Map.of("summary", alert.summary()),
        Double.isFinite(alert.value()) ? alert.value() : null,
        new Span(Json.time(alert.windowStart()), Json.time(alert.windowEnd())),
        Json.time(alert.startsAt()), Json.time(alert.endsAt()), Json.time(alert.emittedAt()), alert.fingerprint());
  }
}
