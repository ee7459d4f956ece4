/**
 * The read tables in Cassandra: windows, keys, open hours and alerts, and the schema of all that is kept.
 *
 * <p>Every write is an idempotent upsert, and what opens a row and what completes it are columns of their
 * own, so that writes may be repeated and may pass each other. Failures come back as failed stages; nothing
 * is remembered of them, and the next call tries again.
 */
package io.hourglass.store;
