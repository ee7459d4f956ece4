package io.hourglass.gatling;

import java.time.Duration;

/** CPU time that the processes have used, all threads, at a moment of {@code System.nanoTime()}. */
record Cpu(long atNs, Duration node, Duration cassandra, Duration kafka) {

  /** How many cores each kept busy since then. */
  String coresSince(Cpu earlier) {
    double elapsed = atNs - earlier.atNs;
    return "node %.2f, Cassandra %.2f, Kafka %.2f cores".formatted(node.minus(earlier.node).toNanos() / elapsed,
        cassandra.minus(earlier.cassandra).toNanos() / elapsed, kafka.minus(earlier.kafka).toNanos() / elapsed);
  }
}
