package io.hourglass.gatling;

import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Sends events that make the rule fire, one for each key, and notes when. */
final class Spikes implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  Spikes() {
    producer = Events.producer(System.getProperty("kafka"), 0);
    producer.partitionsFor(Events.HOT);
  }

  /** @param expecting those that wait for its frame; none during a warm-up */
  void send(IntSupplier keys, Frames... expecting) {
    String key = Events.key(keys.getAsInt());
    long nowMs = System.currentTimeMillis();
    for (Frames frames : expecting) {
      frames.sent(key, nowMs);
    }
    send(key, nowMs);
  }

  private void send(String key, long nowMs) {
    producer.send(Events.event(Events.HOT, key, nowMs, 2 * Events.SPIKE), (where, thrown) -> {
      if (thrown != null) {
        thrown.printStackTrace();
      }
    });
  }

  @Override
  public void close() {
    producer.close();
  }
}
