/**
 * Alerts on their way out: the log they are written to, the feed that every node keeps of it, and the
 * stream that people and programs read.
 *
 * <p>The log is one partition of a Kafka topic, so its offsets order all alerts and mean the same on every
 * node: a subscriber that loses its node resumes on another. An alert may be written twice, after a crash;
 * the feed passes on the first of them.
 */
package io.hourglass.alert;
