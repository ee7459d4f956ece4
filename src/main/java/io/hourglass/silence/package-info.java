/**
 * Silences, as Alertmanager has them: for a time, alerts whose labels match are marked and not sent. Durable, alike on all
 * nodes.
 */
package io.hourglass.silence;
