package io.hourglass.intake;

import io.hourglass.query.EventIntake.Away;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The ids of topics, remembered for a few seconds: a topic may be deleted and created again. */
public final class TopicIds {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int TIMEOUT_MS = 3_000;

  private record Known(String id, long atMs) {}

  private final Admin admin;
  private final LongSupplier millis;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** @param millis a clock that only goes on */
  public TopicIds(Admin admin, LongSupplier millis) {
    this.admin = admin;
    this.millis = millis;
  }

  /** Fails with {@link Away} when Kafka does not answer or has no such topic. */
  public CompletionStage<String> of(String topic) {
    Known id = known.get(topic);
    return id != null && millis.getAsLong() - id.atMs() < FRESH.toMillis() ? CompletableFuture.completedFuture(id.id()) : asked(topic);
  }

  private CompletionStage<String> asked(String topic) {
    return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS)).allTopicNames().toCompletionStage()
        .handle((topics, failure) -> {
          if (failure != null) {
            throw away(topic, failure);
          }
          Known id = new Known(topics.get(topic).topicId().toString(), millis.getAsLong());
          known.put(topic, id);
          return id.id();
        });
  }

  private static Away away(String topic, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new Away(cause instanceof UnknownTopicOrPartitionException
        ? "topic " + topic + ": not there yet (expected: created by whoever owns it)"
        : "Kafka does not answer: " + cause.getMessage());
  }
}
