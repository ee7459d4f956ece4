/**
 * The same events through Hourglass, Kafka Streams, Flink and a plain consumer, one after the other on the same servers:
 * what each costs until all is durable, and whether it has counted right.
 *
 * <p>{@link io.hourglass.load.compare.Workload} makes the events, {@link io.hourglass.load.compare.Oracle} says what they
 * come to, {@link io.hourglass.load.compare.Engine} is what is measured, {@link io.hourglass.load.compare.Follow} measures.
 */
package io.hourglass.load.compare;
