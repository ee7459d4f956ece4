/**
 * What leaves a node because of what its entities persisted, and where to: read tables, the topic of
 * windows, the alert log, the topics of late events and dead letters.
 */
package io.hourglass.outbox;
