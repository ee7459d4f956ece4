package io.hourglass.load.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events at an even rate until it is closed; what Kafka does not take just now waits and keeps its order. */
final class Driver implements AutoCloseable {
  private static final long TICK_NS = 5_000_000;

  private final Load load;
  private final Generator generator;
  private final Ledger ledger;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "driver");
  private volatile boolean closing;

  Driver(Load load, String bootstrap, Generator generator, Ledger ledger) {
    this.load = load;
    this.generator = generator;
    this.ledger = ledger;
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap, "linger.ms", 20, "buffer.memory", 256L << 20,
        "max.block.ms", 600_000, "delivery.timeout.ms", 900_000, "request.timeout.ms", 10_000,
        "reconnect.backoff.max.ms", 1_000), new ByteArraySerializer(), new ByteArraySerializer());
    thread.start();
  }

  private void run() {
    var start = System.nanoTime();
    long sent = 0;
    while (!closing) {
      var due = (long) ((System.nanoTime() - start) / 1e9 * load.rate());
      while (sent < due && !closing) {
        send(generator.next());
        sent++;
      }
      LockSupport.parkNanos(TICK_NS);
    }
  }

  private void send(Generator.Event event) {
    ledger.sent(event);
    var value = "{\"ts\":" + event.timestampMs() + ",\"value\":" + event.value() + "}";
    producer.send(new ProducerRecord<>(Load.PIPELINE, utf8(Load.key(event.key())), utf8(value)), (written, thrown) -> {
      if (thrown == null) {
        ledger.acknowledged(event, written.partition(), written.offset());
      } else {
        failure.compareAndSet(null, thrown);
      }
    });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns when Kafka has every event; fails when it refused one. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take every event", failure.get());
    }
    if (ledger.fault() != null) {
      throw new IllegalStateException(ledger.fault());
    }
  }
}
