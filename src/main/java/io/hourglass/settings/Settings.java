package io.hourglass.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything a node can be told, read and checked once at start. */
public record Settings(
    Http http, Cluster cluster, Kafka kafka, Cassandra cassandra, Ingest ingest, Entities entities, Retention retention, Alerts alerts, Silences silences,
    Notify notifications, Intake intake, List<Pipeline> pipelines) {

  /** @param askTimeout how long a query may wait for an entity */
  public record Http(String host, int port, Duration askTimeout) {}

  /** How a node finds others; {@code configName} as it is written in the configuration, and as Akka calls it. */
  public enum Discovery {
    NONE("none"), CONFIG("config"), KUBERNETES_API("kubernetes-api"), AKKA_DNS("akka-dns");

    private final String configName;

    Discovery(String configName) {
      this.configName = configName;
    }

    public String configName() {
      return configName;
    }
  }

  /**
   * @param namespace of the pods; empty: the node's own
   * @param endpoints management addresses of all nodes, for {@link Discovery#CONFIG}; else empty
   * @param contactPoints nodes that must see each other before they form a cluster
   */
  public record Cluster(
      Discovery discovery, String serviceName, Optional<String> namespace, String portName,
      List<InetSocketAddress> endpoints, int contactPoints, int rollout) {}

  /** @param servers bootstrap servers, {@code host:port,…} */
  public record Kafka(String servers) {}

  /** @param createSchema create keyspaces and tables at start; leave it to {@code --schema} when several nodes start */
  public record Cassandra(List<InetSocketAddress> contactPoints, String localDatacenter, String keyspace, boolean createSchema) {}

  /**
   * @param persistAfter how long a key stays dirty before it is told to persist
   * @param persistAfterBehind the same while its partition is more than a batch behind
   * @param persistParallelism persists in flight per partition
   * @param maxDirtyKeys keys in doubt per partition before polling stops
   * @param maxInDoubt records of a partition beyond what is durable before polling stops
   * @param batch records of a partition handed to entities at once
   * @param remember observations per partition that are kept to tell keys again that lost them
   * @param answerTimeout an answer that takes longer is a gap
   * @param commitInterval how often the offset is committed
   */
  public record Ingest(
      Duration persistAfter, Duration persistAfterBehind, int persistParallelism, int maxDirtyKeys, int maxInDoubt, int batch, int remember, Duration answerTimeout,
      Duration commitInterval) {
    /** With more partitions each has a smaller share of the memory that so many take, a quarter at the least: large topics are read by several nodes. */
    private static final int PARTITIONS = 8;
    private static final int LEAST_SHARE = 4;

    /** The same for each partition of a topic of so many. */
    public Ingest of(int partitions) {
      return partitions <= PARTITIONS ? this : new Ingest(persistAfter, persistAfterBehind, persistParallelism, maxDirtyKeys,
          share(maxInDoubt, partitions), share(batch, partitions), share(remember, partitions), answerTimeout, commitInterval);
    }

    private static int share(int of, int partitions) {
      return of == 0 ? 0 : Math.max(1, (int) ((long) of * PARTITIONS / Math.min(partitions, PARTITIONS * LEAST_SHARE)));
    }
  }

  /**
   * @param activeLimit entities in memory per node and pipeline; the least recently used leave first
   * @param snapshotEvery events between snapshots, so the bound of a recovery
   */
  public record Entities(int activeLimit, int snapshotEvery) {}

  /** @param every how often windows beyond a pipeline's retention are looked for */
  public record Retention(Duration every) {}

  /** @param keep how long the alert stream can be resumed; {@code buffer}: frames queued per subscriber before it is cut off;
   *     {@code rulesTopic}: rules that came through the API */
  public record Alerts(String topic, Duration keep, int buffer, String rulesTopic) {}

  /** @param topic the compacted topic that silences are kept in */
  public record Silences(String topic) {}

  /**
   * Events that are posted.
   *
   * @param maxBytes of a body, unpacked
   * @param maxEvents in a body
   * @param timeout how long Kafka may take to acknowledge
   */
  public record Intake(int maxBytes, int maxEvents, Duration timeout) {}
}
