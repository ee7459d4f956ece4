package io.hourglass.load.compare;

import io.hourglass.services.KafkaBroker;
import io.hourglass.services.ServerFailure;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a workload to a topic: as fast as Kafka takes it, or at a rate. */
final class Filling {
  private final KafkaBroker kafka;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private int sent;

  Filling(KafkaBroker kafka) {
    this.kafka = kafka;
  }

  /** Returns when Kafka has acknowledged every event. @param rate events a second; 0: as fast as they go */
  void fill(String topic, Workload workload, int rate) {
    var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(), "linger.ms", 20, "batch.size", 256 << 10,
        "buffer.memory", 64L << 20);
    var start = System.nanoTime();
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      workload.forEach((key, timestampMs, hundredths, late) -> {
        if (rate > 0) {
          await(start + sent * 1_000_000_000L / rate);
        }
        sent++;
        producer.send(new ProducerRecord<>(topic, EventJson.key(key), EventJson.value(key, timestampMs, hundredths)),
            (written, thrown) -> failed(thrown));
      });
    }
    if (failure.get() != null) {
      throw new ServerFailure("Kafka did not take every event", failure.get());
    }
  }

  private static void await(long nanos) {
    while (nanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void failed(Exception thrown) {
    if (thrown != null) {
      failure.compareAndSet(null, thrown);
    }
  }
}
