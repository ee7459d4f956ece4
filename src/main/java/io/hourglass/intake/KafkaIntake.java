package io.hourglass.intake;

import io.hourglass.event.Decoded;
import io.hourglass.event.EventDecoder;
import io.hourglass.query.EventIntake;
import io.hourglass.query.ReadPoint;
import io.hourglass.settings.Pipeline;
import io.hourglass.telemetry.Counters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts events into Kafka under their keys, so that each is where its key's shard expects it. What the pipeline's decoder
 * refuses is not sent: it would only come back as a dead letter.
 */
public final class KafkaIntake implements EventIntake {
  private static final int MOST_WAITING = 1_000;
  /** Of what would not be counted anyway. */
  private static final String LEFT_OUT = "left-out";

  private final Map<String, EventDecoder> decoders;
  private final Producer<byte[], byte[]> producer;
  private final Function<String, CompletionStage<String>> topicIds;
  private final Counters counters;
  private final InstantSource clock;
  private final Duration timeout;
  /** A producer waits inside of {@code send} while Kafka is away: here, where nobody else does. */
  private final Executor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
    Thread daemon = new Thread(work, "intake");
    daemon.setDaemon(true);
    return daemon;
  });

  /**
   * @param producer idempotent, acknowledged by all replicas, partitioning by the hash of the key
   * @param topicIds see {@link TopicIds}
   * @param timeout how long Kafka may take to acknowledge
   */
  public KafkaIntake(List<Pipeline> pipelines, Producer<byte[], byte[]> producer, Function<String, CompletionStage<String>> topicIds,
      Counters counters, InstantSource clock, Duration timeout) {
    this.decoders = pipelines.stream().collect(Collectors.toMap(Pipeline::name, EventDecoder::new));
    this.producer = producer;
    this.topicIds = topicIds;
    this.counters = counters;
    this.clock = clock;
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Receipt> put(Pipeline pipeline, Optional<String> recordKey, List<Line> lines) {
    long untilNs = System.nanoTime() + timeout.toNanos();
    List<Rejection> rejected = new ArrayList<>();
    List<Delivery.Item> items = new ArrayList<>();
    judge(pipeline, recordKey, lines, rejected, items);
    if (items.isEmpty()) {
      return CompletableFuture.completedFuture(counted(pipeline, new Receipt(0, rejected, new ReadPoint(List.of()))));
    }
    return topicIds.apply(pipeline.topic()).thenCompose(topicId -> {
      Delivery delivery = new Delivery(topicId, items, untilNs);
      thread.execute(() -> delivery.send(producer));
      return delivery.receipt(rejected);
    }).thenApply(receipt -> counted(pipeline, receipt));
  }

  private Receipt counted(Pipeline pipeline, Receipt receipt) {
    counters.posted(pipeline.name(), "accepted").add(receipt.accepted());
    receipt.rejected().forEach(each -> counters.posted(pipeline.name(), each.reason()).increment());
    return receipt;
  }

  private void judge(Pipeline pipeline, Optional<String> recordKey, List<Line> lines, List<Rejection> rejected, List<Delivery.Item> items) {
    EventDecoder decoder = decoders.get(pipeline.name());
    byte[] key = recordKey.map(KafkaIntake::bytes).orElse(null);
    long now = clock.millis();
    for (Line line : lines) {
      Decoded decoded = decoder.decode(key, line.value(), now, line.number(), now);
      if (decoded instanceof Decoded.Event event) {
        byte[] keyOfRecord = recordKey.isPresent() ? key : bytes(event.key());
        items.add(new Delivery.Item(line.number(), event.key(),
            new ProducerRecord<>(pipeline.topic(), null, now, keyOfRecord, line.value())));
      } else if (decoded instanceof Decoded.DeadLetter why) {
        rejected.add(new Rejection(line.number(), why.reason(), why.detail()));
      } else {
        rejected.add(new Rejection(line.number(), LEFT_OUT, "the pipeline's where does not hold: not sent"));
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
