package io.hourglass.ingest;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.kafka.Subscriptions;
import akka.kafka.javadsl.Consumer;
import akka.stream.javadsl.Source;
import io.hourglass.entity.KeyProtocol;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/** The real surroundings of an ingester: Kafka, the sharded entities, the read tables. */
final class PartitionWorld implements Surroundings {
  private final PipelineConsumer.Parts parts;
  private final ActorSystem<?> system;
  private final TopicPartition partition;
  private final Feeds feeds;
  private final OffsetCommitter committer;

  PartitionWorld(PipelineConsumer.Parts parts, ActorSystem<?> system, TopicPartition partition, Feeds feeds, OffsetCommitter committer) {
    this.parts = parts;
    this.system = system;
    this.partition = partition;
    this.feeds = feeds;
    this.committer = committer;
  }

  @Override
  public void tell(String key, KeyProtocol.Command command) {
    parts.region().tell(key, command);
  }

  @Override
  public boolean isHere(String key) {
    return parts.region().isHere(key);
  }

  @Override
  public boolean tellHere(String key, KeyProtocol.Command command) {
    return parts.region().tellHere(key, command);
  }

  @Override
  public void toldAgain(String key) {
    parts.counters().toldAgain(parts.pipeline().name()).increment();
  }

  /** A consumer of its own, outside the group, so that the main stream keeps its place. */
  @Override
  public Source<Batch, NotUsed> again(long offset, long target) {
    parts.counters().rewinds(parts.pipeline().name()).increment();
    if (offset >= target) {
      return Source.empty();
    }
    return Consumer.plainSource(parts.kafka(), Subscriptions.assignmentWithOffset(partition, offset))
        .takeWhile(record -> record.offset() < target - 1, true)
        .filter(record -> record.offset() < target)
        .via(parts.batching().flow(parts.settings().of(feeds.partitions()).batch()))
        .mapMaterializedValue(control -> NotUsed.getInstance());
  }

  @Override
  public CompletionStage<Boolean> empty(long from, long to) {
    return CompletableFuture.supplyAsync(
        () -> Stretch.empty(parts.kafka(), partition, from, to), system.dispatchers().lookup(DispatcherSelector.blocking()));
  }

  @Override
  public Source<String, NotUsed> openKeys(long from, long to) {
    return Source.completionStage(parts.tables().openHours(parts.pipeline(), partition.partition(), from, to))
        .mapConcat(hours -> hours)
        .flatMapConcat(hour -> parts.tables().openKeys(parts.pipeline(), partition.partition(), hour));
  }

  @Override
  public CompletionStage<Done> commit(long offset, String metadata) {
    return committer.commit(offset, metadata);
  }

  @Override
  public void report(PartitionReport report) {
    parts.board().put(report);
    parts.reports().tell(report);
  }

  @Override
  public long othersWatermark() {
    return parts.board().othersWatermark(parts.pipeline().name(), partition.partition(), feeds);
  }

  @Override
  public long now() {
    return System.currentTimeMillis();
  }

  @Override
  public long ticks() {
    return System.nanoTime() / 1_000_000;
  }
}
