package io.hourglass.outbox;

import io.hourglass.query.Letters;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** Reads the side topics: one page at a time, by one consumer without a group, which is opened when first needed. */
public final class LetterReader implements Letters {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration MOST_WAITING = Duration.ofSeconds(8);
  private static final int MOST_IN_LINE = 8;

  private final Supplier<Consumer<byte[], byte[]>> open;
  private final ExecutorService thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_IN_LINE), work -> {
    Thread daemon = new Thread(work, "letter-reader");
    daemon.setDaemon(true);
    return daemon;
  });
  /** Null while none is open. */
  private Consumer<byte[], byte[]> consumer;

  /** @param open a consumer that reads from the earliest record when there is none at an offset */
  public LetterReader(Supplier<Consumer<byte[], byte[]>> open) {
    this.open = open;
  }

  @Override
  public CompletionStage<Found> page(Pipeline pipeline, Asked asked) {
    String topic = asked.kind() == Kind.LATE ? pipeline.lateTopic() : pipeline.deadLetterTopic();
    long waitsUntilNs = System.nanoTime() + MOST_WAITING.toNanos();
    return CompletableFuture.supplyAsync(() -> page(topic, asked, waitsUntilNs), thread);
  }

  private Found page(String topic, Asked asked, long waitsUntilNs) {
    if (System.nanoTime() > waitsUntilNs) {
      throw new CompletionException(new TimeoutException("others were in line"));
    }
    boolean done = false;
    try {
      consumer = consumer == null ? open.get() : consumer;
      Found found = new Backwards(new KafkaSideLog(consumer, PATIENCE), topic, asked).page();
      done = true;
      return found;
    } catch (TimeoutException late) {
      throw new CompletionException(late);
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** One that has failed is not asked again. */
  private void close() {
    if (consumer != null) {
      consumer.close(Duration.ZERO);
      consumer = null;
    }
  }
}
