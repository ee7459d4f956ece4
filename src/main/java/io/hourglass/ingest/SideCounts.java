package io.hourglass.ingest;

import io.hourglass.query.PipelineStatus.Aside;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** How many records the side topics hold, asked at most once a second. */
final class SideCounts {
  private static final int TIMEOUT_MS = 1_000;
  private static final long FRESH_MS = 1_000;

  /** @param known what was known before, for as long as Kafka does not answer */
  private record Count(long atMs, Aside known, CompletableFuture<Aside> result) {}

  private final Admin admin;
  private final LongSupplier millis;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /** @param millis a clock that only goes on */
  SideCounts(Admin admin, LongSupplier millis) {
    this.admin = admin;
    this.millis = millis;
  }

  CompletionStage<Aside> of(Pipeline pipeline) {
    return counts.compute(pipeline.name(), (name, count) -> fresh(count) ? count : count(pipeline, count)).result();
  }

  private boolean fresh(Count count) {
    return count != null && (!count.result().isDone() || millis.getAsLong() - count.atMs() < FRESH_MS);
  }

  private Count count(Pipeline pipeline, Count before) {
    Aside known = before == null ? Aside.UNKNOWN : before.result().getNow(before.known());
    CompletableFuture<Aside> result = new CompletableFuture<>();
    asked(pipeline).whenComplete((aside, failure) -> result.complete(failure == null ? aside : known));
    result.completeOnTimeout(known, TIMEOUT_MS, TimeUnit.MILLISECONDS);
    return new Count(millis.getAsLong(), known, result);
  }

  private CompletionStage<Aside> asked(Pipeline pipeline) {
    return held(pipeline.deadLetterTopic()).thenCombine(held(pipeline.lateTopic()), Aside::new);
  }

  private CompletionStage<Long> held(String topic) {
    return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS)).allTopicNames().toCompletionStage()
        .thenApply(topics -> partitions(topics.get(topic)))
        .thenCompose(partitions -> sum(partitions, OffsetSpec.latest())
            .thenCombine(sum(partitions, OffsetSpec.earliest()), (ends, beginnings) -> ends - beginnings));
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream().map(each -> new TopicPartition(topic.name(), each.partition())).toList();
  }

  private CompletionStage<Long> sum(List<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked = partitions.stream().collect(Collectors.toMap(Function.identity(), each -> which));
    return admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(TIMEOUT_MS)).all().toCompletionStage()
        .thenApply(offsets -> offsets.values().stream().mapToLong(each -> each.offset()).sum());
  }
}
