package io.hourglass.load.compare;

import io.hourglass.services.KafkaBroker;
import io.hourglass.services.ServerFailure;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** How far a group has got, as Kafka keeps it. */
final class Commits implements AutoCloseable {
  private final Admin admin;
  private final String topic;
  private final String group;

  Commits(KafkaBroker kafka, String topic, String group) {
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    this.topic = topic;
    this.group = group;
  }

  /** Committed offsets, summed over the partitions of the topic. */
  long total() {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
          .filter(each -> each.getKey().topic().equals(topic) && each.getValue() != null).mapToLong(each -> each.getValue().offset()).sum();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0;
      }
      throw new ServerFailure("Kafka did not tell the commits of " + group, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
