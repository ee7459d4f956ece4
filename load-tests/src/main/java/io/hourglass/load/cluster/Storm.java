package io.hourglass.load.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of the nodes' own group that join, hold what they are given for a few seconds, and leave. They commit nothing. */
final class Storm {
  private static final int CONSUMERS = 2;
  private static final Duration STAY = Duration.ofSeconds(5);

  private final String bootstrap;

  Storm(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  void rage(Duration length) {
    var threads = IntStream.range(0, CONSUMERS).mapToObj(i -> new Thread(() -> comeAndGo(length), "storm-" + i)).toList();
    threads.forEach(Thread::start);
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void comeAndGo(Duration length) {
    var end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrap, "group.id", Load.GROUP,
          "enable.auto.commit", false, "auto.offset.reset", "earliest"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        consumer.subscribe(List.of(Load.PIPELINE));
        var until = System.nanoTime() + STAY.toNanos();
        while (System.nanoTime() < until) {
          consumer.poll(Duration.ofMillis(200));
          consumer.pause(consumer.assignment());
        }
      }
    }
  }
}
