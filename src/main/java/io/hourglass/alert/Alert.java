package io.hourglass.alert;

import io.hourglass.window.Oddness;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert as it goes out.
 *
 * @param id deterministic: the same change of the same alert has the same id however often it is sent
 * @param status {@code firing} or {@code resolved}
 * @param summary one line for people
 * @param startsAt event time since which it fires, epoch milliseconds
 * @param endsAt event time of its end, or null while firing
 * @param emittedAt wall clock when it left the entity, epoch milliseconds
 * @param fingerprint of its labels
 * @param episode what its firing and its end have in common, and nothing else has
 * @param more labels that the rule adds to pipeline, rule, key and severity
 * @param description longer text for people; may be empty
 * @param anomaly what was odd, of a rule about that; else null
 * @param activeAt event time since which the condition held before it fired, epoch milliseconds; null in alerts of an earlier release
 */
public record Alert(
    String id,
    String status,
    String pipeline,
    String rule,
    String key,
    String severity,
    String summary,
    double value,
    long windowStart,
    long windowEnd,
    long startsAt,
    Long endsAt,
    long emittedAt,
    String fingerprint,
    String episode,
    Map<String, String> more,
    String description,
    Oddness anomaly,
    Long activeAt) {

  /** What a log of an earlier release does not have is empty. */
  public Alert {
    episode = episode == null ? id : episode;
    more = more == null ? Map.of() : Map.copyOf(more);
    description = description == null ? "" : description;
  }

  /** All labels by name. */
  public SortedMap<String, String> labels() {
    TreeMap<String, String> labels = new TreeMap<>(more);
    labels.putAll(Map.of("pipeline", pipeline, "rule", rule, "key", key, "severity", severity));
    return labels;
  }
}
