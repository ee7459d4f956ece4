package io.hourglass.gatling;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Sends events at an even pace, in real time, until it is closed; when it was held up it catches up. */
final class Feed implements AutoCloseable {
  private static final int LINGER_MS = 5;
  private static final long TICK_NS = 1_000_000;
  private static final int MOST_BYTES = 100_000;

  private final int rate;
  private final int keys;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SplittableRandom random = new SplittableRandom(1);
  private final AtomicLong written = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "feed");
  private volatile boolean closed;

  Feed(String bootstrap, int rate, int keys) {
    this.rate = rate;
    this.keys = keys;
    this.producer = Events.producer(bootstrap, LINGER_MS);
    thread.start();
  }

  private void run() {
    long start = System.nanoTime();
    for (long sent = 0; !closed; LockSupport.parkNanos(TICK_NS)) {
      long due = (long) ((System.nanoTime() - start) / 1e9 * rate);
      for (; sent < due && !closed; sent++) {
        send();
      }
    }
  }

  private void send() {
    String key = Events.key(random.nextInt(keys));
    producer.send(Events.event(Events.HOT, key, System.currentTimeMillis(), random.nextInt(MOST_BYTES)), (where, thrown) -> {
      if (thrown == null) {
        written.incrementAndGet();
      } else {
        failure.compareAndSet(null, thrown);
      }
    });
  }

  /** Events that Kafka has acknowledged so far. */
  long written() {
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take every event", failure.get());
    }
    return written.get();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
