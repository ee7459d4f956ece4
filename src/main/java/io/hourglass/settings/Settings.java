package io.hourglass.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Everything a node can be told, read and checked once at start. */
public record Settings(
    Http http, Kafka kafka, Cassandra cassandra, Ingest ingest, Entities entities, Alerts alerts, List<Pipeline> pipelines) {

  /** @param askTimeout how long a query may wait for an entity */
  public record Http(String host, int port, Duration askTimeout) {}

  /** @param servers bootstrap servers, {@code host:port,…} */
  public record Kafka(String servers) {}

  /** @param createSchema create keyspaces and tables at start; leave it to {@code --schema} when several nodes start */
  public record Cassandra(List<InetSocketAddress> contactPoints, String localDatacenter, String keyspace, boolean createSchema) {}

  /**
   * @param persistAfter how long a key stays dirty before it is told to persist
   * @param persistParallelism persists in flight per partition
   * @param maxDirtyKeys keys in doubt per partition before polling stops
   * @param batch records handed to entities at once
   * @param answerTimeout an answer that takes longer is a gap
   * @param commitInterval how often the offset is committed
   */
  public record Ingest(
      Duration persistAfter, int persistParallelism, int maxDirtyKeys, int batch, Duration answerTimeout, Duration commitInterval) {}

  /**
   * @param activeLimit entities in memory per node and pipeline; the least recently used leave first
   * @param snapshotEvery events between snapshots, so the bound of a recovery
   */
  public record Entities(int activeLimit, int snapshotEvery) {}

  /** @param keep how long the alert stream can be resumed; {@code buffer}: frames queued per subscriber before it is cut off */
  public record Alerts(String topic, Duration keep, int buffer) {}
}
