/** The dashboard in a real browser, on a node with real Kafka and Cassandra. */
package io.hourglass.dashboard;
