package io.hourglass.shared;

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
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic that is a table: one partition, of each key the newest record. */
record TableTopic(String servers, String name) {
  private static final Logger LOG = LoggerFactory.getLogger(TableTopic.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  /** So long a node may be cut off from Kafka and still learn what was removed meanwhile. */
  private static final Duration KEEP_REMOVALS = Duration.ofDays(7);

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
      create(admin);
    }
  }

  private void create(Admin admin) {
    try {
      await(admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty()).configs(configs()))).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure(e.getCause());
      }
      warnUnlessCompacted(admin);
    }
  }

  private static Map<String, String> configs() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(KEEP_REMOVALS.toMillis()));
  }

  private void warnUnlessCompacted(Admin admin) {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try {
      String policy = await(admin.describeConfigs(List.of(topic)).all()).get(topic).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
      if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
        LOG.warn("topic {}: cleanup.policy: {} (expected: {}); what it holds is lost in time", name, policy, TopicConfig.CLEANUP_POLICY_COMPACT);
      }
    } catch (ExecutionException e) {
      LOG.warn("topic {}: its cleanup.policy is not known (expected: {})", name, TopicConfig.CLEANUP_POLICY_COMPACT, e.getCause());
    }
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
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(e);
    }
  }

  private IllegalStateException failure(Throwable cause) {
    return new IllegalStateException("cannot open the table, topic " + name + " at " + servers, cause);
  }
}
