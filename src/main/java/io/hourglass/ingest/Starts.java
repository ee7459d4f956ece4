package io.hourglass.ingest;

import io.hourglass.settings.Pipeline;
import io.hourglass.telemetry.Counters;
import io.hourglass.window.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where to begin with partitions that have just been assigned: the group's commit and its {@link Mark}. */
final class Starts {
  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

  private final Admin admin;
  private final Pipeline pipeline;
  private final Counters counters;

  Starts(Admin admin, Pipeline pipeline, Counters counters) {
    this.admin = admin;
    this.pipeline = pipeline;
    this.counters = counters;
  }

  CompletionStage<Map<TopicPartition, Start>> of(Set<TopicPartition> assigned) {
    return described().thenCompose(topic -> committed().thenCompose(commits -> all(assigned, OffsetSpec.earliest())
        .thenCombine(all(assigned, OffsetSpec.latest()), (earliest, latest) -> starts(assigned, topic, commits, earliest, latest))));
  }

  private CompletionStage<Map<TopicPartition, Long>> all(Set<TopicPartition> partitions, OffsetSpec which) {
    return offsets(partitions, which).all().toCompletionStage().thenApply(offsets ->
        offsets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset())));
  }

  private ListOffsetsResult offsets(Set<TopicPartition> partitions, OffsetSpec which) {
    return admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), each -> which)));
  }

  /** The end of each partition, when its leader answers: one without a leader does not hold up the others. */
  Map<TopicPartition, CompletionStage<Long>> ends(Set<TopicPartition> partitions) {
    ListOffsetsResult offsets = offsets(partitions, OffsetSpec.latest());
    return partitions.stream().collect(Collectors.toMap(Function.identity(),
        each -> offsets.partitionResult(each).toCompletionStage().thenApply(ListOffsetsResultInfo::offset)));
  }

  private CompletionStage<TopicDescription> described() {
    return admin.describeTopics(List.of(pipeline.topic())).allTopicNames().toCompletionStage()
        .thenApply(topics -> topics.get(pipeline.topic()));
  }

  private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed() {
    return admin.listConsumerGroupOffsets(pipeline.group()).partitionsToOffsetAndMetadata().toCompletionStage();
  }

  private Map<TopicPartition, Start> starts(Set<TopicPartition> assigned, TopicDescription topic,
      Map<TopicPartition, OffsetAndMetadata> commits, Map<TopicPartition, Long> earliest, Map<TopicPartition, Long> latest) {
    String topicId = topic.topicId().toString();
    Feeds feeds = feeds(topic.partitions().size(), topicId, commits);
    Map<TopicPartition, Start> starts = new HashMap<>();
    for (TopicPartition partition : assigned) {
      starts.put(partition, start(partition, topicId, feeds, commits.get(partition), earliest.get(partition), latest.get(partition)));
    }
    return starts;
  }

  /** Every commit says what was known of the topic then. */
  private Feeds feeds(int partitions, String topicId, Map<TopicPartition, OffsetAndMetadata> commits) {
    Feeds feeds = pipeline.key().isPresent() ? Feeds.ofFields(partitions) : Feeds.ofRecordKeys(partitions);
    for (Map.Entry<TopicPartition, OffsetAndMetadata> commit : commits.entrySet()) {
      int stride = mark(commit.getValue()).filter(mark -> mark.topicId().equals(topicId)).map(Mark::stride).orElse(0);
      feeds = commit.getKey().topic().equals(pipeline.topic()) ? feeds.andStride(stride) : feeds;
    }
    return feeds;
  }

  private static Optional<Mark> mark(OffsetAndMetadata commit) {
    return Optional.ofNullable(commit).flatMap(each -> Mark.decode(each.metadata()));
  }

  private Start start(TopicPartition partition, String topicId, Feeds feeds, OffsetAndMetadata commit, long earliest, long end) {
    Source source = new Source(topicId, partition.partition());
    Optional<Mark> mark = mark(commit);
    if (commit == null || mark.isPresent() && !mark.get().topicId().equals(topicId)) {
      return new Start(source, earliest, end, Mark.none(topicId), feeds);
    }
    if (commit.offset() < earliest) {
      counters.removedUnread(pipeline.name()).add(earliest - commit.offset());
      LOG.error("{}: {}: offsets {} to {} were removed by retention before they were read", pipeline.name(), partition, commit.offset(), earliest);
    }
    return new Start(source, Math.max(commit.offset(), earliest), end, mark.orElse(Mark.none(topicId)), feeds);
  }
}
