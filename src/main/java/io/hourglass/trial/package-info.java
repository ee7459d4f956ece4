/** Rules tried on events without a node: no Kafka, no Cassandra, no clock, the same windows and rules. */
package io.hourglass.trial;
