package io.hourglass.ingest;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import io.hourglass.event.Decoded;
import io.hourglass.event.EventDecoder;
import io.hourglass.outbox.LateRecords;
import io.hourglass.outbox.SideTopics;
import io.hourglass.settings.Pipeline;
import io.hourglass.telemetry.Counters;
import io.hourglass.window.Watermark;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records to batches: decodes each, gathers what has come while the ingester was busy, and lets a batch
 * through when its dead letters are safe in their topic. So a commit never passes a dead letter that
 * was not written.
 */
public final class Batching {
  private static final Logger LOG = LoggerFactory.getLogger(Batching.class);
  /** A rejected record is kept until it is written, so it weighs as many events as it has of these bytes. */
  private static final int BYTES_PER_EVENT = 1024;

  private final Pipeline pipeline;
  private final EventDecoder decoder;
  private final SideTopics sideTopics;
  private final LateRecords late;
  private final Counters counters;
  private final InstantSource clock;

  public Batching(Pipeline pipeline, EventDecoder decoder, SideTopics sideTopics, LateRecords late, Counters counters, InstantSource clock) {
    this.pipeline = pipeline;
    this.decoder = decoder;
    this.sideTopics = sideTopics;
    this.late = late;
    this.counters = counters;
    this.clock = clock;
  }

  private record Judged(ConsumerRecord<byte[], byte[]> record, Decoded decoded) {
    long weight() {
      return decoded instanceof Decoded.DeadLetter && record.value() != null ? 1 + record.value().length / BYTES_PER_EVENT : 1;
    }
  }

  /** Gathers until it is sent on. */
  private static final class Gathering {
    private final List<Decoded.Event> events = new ArrayList<>();
    private final List<SideTopics.Rejected> rejected = new ArrayList<>();
    private long leftOut;
    private long next;
    private long weight;

    Gathering add(Judged judged) {
      weight += judged.weight();
      next = judged.decoded().offset() + 1;
      if (judged.decoded() instanceof Decoded.Event event) {
        events.add(event);
      } else if (judged.decoded() instanceof Decoded.DeadLetter why) {
        rejected.add(new SideTopics.Rejected(judged.record(), why));
      } else {
        leftOut++;
      }
      return this;
    }
  }

  /**
   * For one partition's records, from anywhere on.
   *
   * @param most records in a batch
   */
  public Flow<ConsumerRecord<byte[], byte[]>, Batch, NotUsed> flow(int most) {
    Watermark time = new Watermark(pipeline.window().outOfOrdernessMs(), Watermark.NONE);
    return Flow.<ConsumerRecord<byte[], byte[]>>create()
        .map(record -> judge(record, time))
        .batchWeighted(most, Judged::weight, first -> new Gathering().add(first), Gathering::add)
        .mapAsync(1, gathered -> settle(gathered, most));
  }

  private Judged judge(ConsumerRecord<byte[], byte[]> record, Watermark time) {
    Decoded decoded = decoder.decode(record.key(), record.value(), record.timestamp(), record.offset(), clock.millis());
    if (decoded instanceof Decoded.Event event && late(event.observation().timestamp(), time)) {
      late.keep(record);
    }
    return new Judged(record, decoded);
  }

  /** Whether the key is likely to find the event late; it alone decides. */
  private boolean late(long timestamp, Watermark time) {
    long watermark = time.observe(timestamp);
    return timestamp < watermark && pipeline.window().closed(pipeline.window().startOf(timestamp), watermark);
  }

  private CompletableFuture<Batch> settle(Gathering gathered, int most) {
    Batch batch = new Batch(gathered.events, gathered.next, gathered.weight >= most);
    counters.events(pipeline.name()).add(gathered.events.size());
    counters.leftOut(pipeline.name()).add(gathered.leftOut);
    if (gathered.rejected.isEmpty()) {
      return CompletableFuture.completedFuture(batch);
    }
    gathered.rejected.forEach(this::count);
    return sideTopics.deadLetters(pipeline, gathered.rejected).thenApply(done -> batch).toCompletableFuture();
  }

  private void count(SideTopics.Rejected rejected) {
    counters.deadLetters(pipeline.name(), rejected.why().reason()).increment();
    LOG.debug("{}: dead letter {}-{}@{}: {}: {}", pipeline.name(), rejected.record().topic(), rejected.record().partition(),
        rejected.record().offset(), rejected.why().reason(), rejected.why().detail());
  }
}
