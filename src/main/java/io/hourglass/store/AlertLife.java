package io.hourglass.store;

import io.hourglass.alert.Alert;

/**
 * One firing of a rule over a key from its beginning.
 *
 * @param alert as it is now
 * @param firingId id of the alert as it fired; null when only its end is known yet
 * @param firedAt wall clock when it was told, epoch milliseconds; null as before
 * @param resolvedId id of its end; null while it fires
 * @param resolvedAt wall clock when its end was told, epoch milliseconds; null while it fires
 */
public record AlertLife(Alert alert, String firingId, Long firedAt, String resolvedId, Long resolvedAt) {}
