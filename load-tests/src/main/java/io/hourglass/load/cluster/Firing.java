package io.hourglass.load.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** An alert, by what it is about and whether it fires or is resolved: at most one may exist of each. */
record Firing(String status, String rule, String key, long startMs) implements Comparable<Firing> {

  /** From a frame of the alert stream or an item of {@code /v1/alerts}. */
  static Firing of(JsonNode alert) {
    var labels = alert.get("labels");
    return new Firing(alert.get("status").asText(), labels.get("rule").asText(), labels.get("key").asText(),
        Instant.parse(alert.get("window").get("start").asText()).toEpochMilli());
  }

  @Override
  public int compareTo(Firing other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return status + " " + rule + " " + key + " " + Instant.ofEpochMilli(startMs);
  }
}
