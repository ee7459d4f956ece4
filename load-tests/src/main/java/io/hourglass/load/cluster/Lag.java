package io.hourglass.load.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far the group's committed offsets are behind the ends of the partitions, looked at all the time, from Kafka itself. */
final class Lag implements AutoCloseable {
  private static final long LOOK_NS = 250_000_000;

  private final Admin admin;
  private final List<TopicPartition> partitions;
  private final Thread thread = new Thread(this::run, "lag");
  private volatile Look newest;
  private volatile boolean closed;

  /** @param at {@code System.nanoTime()}; @param committed by partition, 0 where there is none */
  record Look(long at, long[] committed, long[] end) {
    long total() {
      return IntStream.range(0, end.length).mapToLong(i -> end[i] - committed[i]).sum();
    }

    boolean allBeyond(long[] offsets) {
      return IntStream.range(0, end.length).allMatch(i -> committed[i] >= offsets[i]);
    }
  }

  Lag(String bootstrap, int partitions) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "request.timeout.ms", 2_000,
        "default.api.timeout.ms", 4_000, "reconnect.backoff.max.ms", 500));
    this.partitions = IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(Load.PIPELINE, i)).toList();
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed) {
      look().ifPresent(look -> newest = look);
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  /** The newest look, null before the first. */
  Look newest() {
    return newest;
  }

  /** Empty when Kafka does not answer. Commits first: they may only be older than the ends. */
  Optional<Look> look() {
    try {
      var at = System.nanoTime();
      var commits = admin.listConsumerGroupOffsets(Load.GROUP).partitionsToOffsetAndMetadata().get(5, TimeUnit.SECONDS);
      var ask = new HashMap<TopicPartition, OffsetSpec>();
      partitions.forEach(partition -> ask.put(partition, OffsetSpec.latest()));
      var ends = admin.listOffsets(ask).all().get(5, TimeUnit.SECONDS);
      return Optional.of(new Look(at,
          partitions.stream().mapToLong(each -> commits.get(each) == null ? 0 : commits.get(each).offset()).toArray(),
          partitions.stream().mapToLong(each -> ends.get(each).offset()).toArray()));
    } catch (ExecutionException | TimeoutException away) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ofSeconds(5));
  }
}
