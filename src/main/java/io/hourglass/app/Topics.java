package io.hourglass.app;

import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that a pipeline writes to, created when they are not there. The source topic is not ours. */
final class Topics {
  private Topics() {}

  /** Completes when every pipeline's windows, late and dead-letter topics exist. */
  static CompletionStage<Void> create(Admin admin, List<Pipeline> pipelines) {
    return admin.listTopics().names().toCompletionStage().thenCompose(existing -> {
      List<NewTopic> missing = pipelines.stream().flatMap(Topics::of).filter(topic -> !existing.contains(topic.name())).toList();
      return created(admin.createTopics(missing));
    });
  }

  /** Another node may have been quicker. */
  private static CompletionStage<Void> created(CreateTopicsResult result) {
    List<CompletableFuture<Void>> each = result.values().values().stream()
        .map(topic -> topic.toCompletionStage().exceptionally(Topics::there).toCompletableFuture())
        .toList();
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new));
  }

  private static Void there(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof TopicExistsException) {
      return null;
    }
    throw new CompletionException(cause);
  }

  /** Source topics that nobody has created yet. */
  static CompletionStage<Set<String>> missingSources(Admin admin, List<Pipeline> pipelines) {
    return admin.listTopics().names().toCompletionStage().thenApply(existing -> pipelines.stream()
        .map(Pipeline::topic)
        .filter(topic -> !existing.contains(topic))
        .collect(Collectors.toSet()));
  }

  private static Stream<NewTopic> of(Pipeline pipeline) {
    Map<String, String> large = Map.of("max.message.bytes", Integer.toString(KafkaClients.MAX_RECORD_BYTES));
    return Stream.of(
        topic(pipeline.windowsTopic()),
        topic(pipeline.lateTopic()).configs(large),
        topic(pipeline.deadLetterTopic()).configs(large));
  }

  /** Partitions and replication as the broker has them by default. */
  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.empty(), Optional.empty());
  }
}
