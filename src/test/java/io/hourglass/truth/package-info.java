/** Whole nodes against real Kafka and Cassandra: what people read must equal the independently computed truth. */
package io.hourglass.truth;
