package io.hourglass.alert;

/**
 * An alert as it goes out.
 *
 * @param id deterministic: the same change of the same alert has the same id however often it is sent
 * @param status {@code firing} or {@code resolved}
 * @param startsAt event time of the observation that raised it, epoch milliseconds
 * @param endsAt event time of its end, or null while firing
 * @param emittedAt wall clock when it left the entity, epoch milliseconds
 * @param fingerprint of its labels: pipeline, rule, key, severity
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
    String fingerprint) {}
