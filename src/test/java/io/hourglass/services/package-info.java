/**
 * Real servers as child processes: Kafka, Cassandra and Hourglass nodes, for the demo and the integration tests.
 *
 * <p>{@link io.hourglass.services.Server} is the life of one child JVM: started, ready, paused, killed, stopped, started
 * again on the same data. {@link io.hourglass.services.KafkaBroker}, {@link io.hourglass.services.CassandraServer} and
 * {@link io.hourglass.services.NodeProcess} are the three kinds. {@link io.hourglass.services.Services} is what
 * integration tests share; {@link io.hourglass.services.Demo} is what {@code mvn -Pdemo} and {@code mvn -Pdev} run.
 *
 * <p>No child outlives the JVM that started it, not even when that one is killed: see {@link io.hourglass.services.Tether}.
 */
package io.hourglass.services;
