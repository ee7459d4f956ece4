package io.hourglass.entity;

import akka.actor.ActorSystem;
import akka.persistence.PersistentRepr;
import akka.persistence.cassandra.journal.CassandraJournal;
import akka.stream.alpakka.cassandra.CassandraSessionSettings;
import akka.stream.alpakka.cassandra.javadsl.CassandraSession;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import com.typesafe.config.Config;
import java.util.concurrent.CompletionStage;
import scala.Function1;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;

/**
 * Akka's Cassandra journal, with two differences. Named in {@code node.conf}; made by Akka.
 *
 * <p>A recovery reads every event that stands at the highest sequence number. Akka's ends with the first it finds there, and
 * one that another writer began earlier and that landed late would hide the one that was called durable. See decision 008.
 *
 * <p>Events that a snapshot holds are deleted by one statement, and it is written nowhere how far: a recovery begins at a
 * snapshot, so it never looks for them. Akka's own deletes would cost every recovery a read more.
 */
public final class WholeJournal extends CassandraJournal {
  private final CassandraSession cassandra;
  private final String delete;
  private final long partitionSize;

  public WholeJournal(Config config, String path) {
    super(config, path);
    ActorSystem system = context().system();
    Config settings = system.settings().config().getConfig("akka.persistence.cassandra.journal");
    cassandra = CassandraSessionRegistry.get(system).sessionFor(CassandraSessionSettings.create("akka.persistence.cassandra"));
    delete = "DELETE FROM " + settings.getString("keyspace") + "." + settings.getString("table")
        + " WHERE persistence_id = ? AND partition_nr = ? AND sequence_nr <= ?";
    partitionSize = settings.getLong("target-partition-size");
  }

  @Override
  public Future<BoxedUnit> asyncReplayMessages(String persistenceId, long from, long to, long max,
      Function1<PersistentRepr, BoxedUnit> replayed) {
    return super.asyncReplayMessages(persistenceId, from, to + 1, max, replayed);
  }

  /** Those of the partition that holds {@code to}; of an earlier one a few stay. */
  @Override
  public Future<BoxedUnit> asyncDeleteMessagesTo(String persistenceId, long to) {
    CompletionStage<BoxedUnit> deleted =
        cassandra.executeWrite(delete, persistenceId, (to - 1) / partitionSize, to).thenApply(done -> BoxedUnit.UNIT);
    return FutureConverters.asScala(deleted);
  }
}
