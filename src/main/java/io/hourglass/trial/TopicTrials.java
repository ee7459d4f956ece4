package io.hourglass.trial;

import io.hourglass.query.DryRun;
import io.hourglass.rule.RuleSpec;
import io.hourglass.rule.Rules;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the newest records of a topic and puts those of each partition through a {@link Trial} of its own, as each
 * partition has a watermark of its own. Two trials at a time wait for the one that runs; others are refused.
 *
 * <p>Windows that the wall clock has closed are closed by the watermark here, and what a rule remembers of earlier days
 * begins with the first record read.
 */
public final class TopicTrials implements DryRun {
  private static final int MOST_WAITING = 2;
  private static final Duration POLL = Duration.ofMillis(200);
  static final int MOST_RECORDS = 50_000;
  static final Duration PATIENCE = Duration.ofSeconds(12);

  private final Supplier<Consumer<byte[], byte[]>> open;
  private final InstantSource clock;
  private final ExecutorService thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
    Thread daemon = new Thread(work, "dry-run");
    daemon.setDaemon(true);
    return daemon;
  });

  /** @param open a consumer without a group */
  public TopicTrials(Supplier<Consumer<byte[], byte[]>> open, InstantSource clock) {
    this.open = open;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Tried> of(Pipeline pipeline, RuleSpec rule) {
    long until = clock.millis() + PATIENCE.toMillis();
    return CompletableFuture.supplyAsync(() -> {
      try (Consumer<byte[], byte[]> consumer = open.get()) {
        return tried(consumer, pipeline, pipeline.compiled(List.of(rule)), until);
      } catch (TimeoutException late) {
        throw new CompletionException(late);
      }
    }, thread);
  }

  private Tried tried(Consumer<byte[], byte[]> consumer, Pipeline pipeline, Rules rules, long until) throws TimeoutException {
    List<TopicPartition> partitions = consumer.partitionsFor(pipeline.topic()).stream()
        .map(each -> new TopicPartition(each.topic(), each.partition())).toList();
    if (pipeline.key().isPresent() && partitions.size() > 1) {
      throw new NoOrder(pipeline.name());
    }
    Map<TopicPartition, Stretch> stretches = stretches(consumer, partitions, pipeline, rules);
    while (stretches.values().stream().anyMatch(each -> !each.done(consumer))) {
      if (clock.millis() > until) {
        throw new TimeoutException("the newest " + MOST_RECORDS + " records of " + pipeline.topic());
      }
      consumer.poll(POLL).forEach(record -> stretches.get(new TopicPartition(record.topic(), record.partition())).take(record, clock.millis()));
    }
    return sum(List.copyOf(stretches.values()));
  }

  private static Map<TopicPartition, Stretch> stretches(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Pipeline pipeline, Rules rules) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Stretch> stretches = new LinkedHashMap<>();
    consumer.assign(partitions);
    for (TopicPartition each : partitions) {
      long from = Math.max(first.get(each), ends.get(each) - MOST_RECORDS / partitions.size());
      consumer.seek(each, from);
      stretches.put(each, new Stretch(each, from, ends.get(each), pipeline, rules));
    }
    return stretches;
  }

  private static Tried sum(List<Stretch> stretches) {
    Long to = stretches.stream().map(Stretch::to).filter(Objects::nonNull).max(Long::compare).orElse(null);
    Long from = from(stretches);
    boolean reaches = from != null && to != null && from <= to;
    List<Fired> fired = !reaches ? List.of() : stretches.stream().flatMap(each -> each.fired(from))
        .sorted(Comparator.comparingLong((Fired each) -> each.alert().at()).reversed()).toList();
    return new Tried(total(stretches, Stretch::events), total(stretches, Stretch::refused),
        (int) total(stretches, Stretch::keys), reaches ? from : null, to, fired);
  }

  /** From when on all partitions were seen whole, null when that is not known. */
  private static Long from(List<Stretch> stretches) {
    Optional<Long> begun = stretches.stream().filter(each -> !each.whole()).map(Stretch::from).filter(Objects::nonNull).max(Long::compare);
    return begun.or(() -> stretches.stream().map(Stretch::earliest).filter(Objects::nonNull).min(Long::compare)).orElse(null);
  }

  private static long total(List<Stretch> stretches, ToLongFunction<Stretch> part) {
    return stretches.stream().mapToLong(part).sum();
  }
}
