package io.hourglass.alert;

import io.hourglass.alert.LogEvent.Opened;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topic that is the alert log: one partition, in which offsets order all alerts. */
record AlertTopic(String servers, String name, Duration keep) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long SEGMENTS = 7;

  TopicPartition partition() {
    return new TopicPartition(name, 0);
  }

  /**
   * Creates it if it is not there; one that is there is left as it is.
   *
   * @throws IllegalStateException if Kafka does not answer or refuses
   */
  void create() {
    try (Admin admin = admin()) {
      NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty()).configs(configs());
      await(admin.createTopics(List.of(topic)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("create", e.getCause());
      }
    }
  }

  /**
   * Which topic it is now and how far it reaches.
   *
   * @throws IllegalStateException if Kafka does not answer or there is no such topic
   */
  Opened describe() {
    try (Admin admin = admin()) {
      TopicDescription topic = await(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
      return new Opened(
          epoch(topic.topicId()), offset(admin, OffsetSpec.earliest()), offset(admin, OffsetSpec.latest()));
    } catch (ExecutionException e) {
      throw failure("describe", e.getCause());
    }
  }

  /** Eight hex digits of the topic's id: a topic that was deleted and created again has others. */
  static String epoch(Uuid topicId) {
    return String.format("%08x", topicId.hashCode());
  }

  /** Kafka deletes whole segments: a segment holds a seventh of the time, so that about that much too many are kept. */
  private Map<String, String> configs() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG, Long.toString(keep.toMillis()),
        TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Math.max(1, keep.toMillis() / SEGMENTS)));
  }

  private long offset(Admin admin, OffsetSpec spec) throws ExecutionException {
    return await(admin.listOffsets(Map.of(partition(), spec)).partitionResult(partition())).offset();
  }

  private Admin admin() {
    return Admin.create(Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis(),
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2));
  }

  private <T> T await(KafkaFuture<T> future) throws ExecutionException {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failure("reach", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("reach", e);
    }
  }

  private IllegalStateException failure(String verb, Throwable cause) {
    return new IllegalStateException("cannot " + verb + " the alert log, topic " + name + " at " + servers, cause);
  }
}
