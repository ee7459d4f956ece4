package io.hourglass.entity;

import akka.persistence.PersistentRepr;
import akka.persistence.cassandra.journal.CassandraJournal;
import com.typesafe.config.Config;
import scala.Function1;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;

/**
 * Akka's Cassandra journal, but a recovery reads every event that stands at the highest sequence number. Akka's ends with the
 * first it finds there, and one that another writer began earlier and that landed late would hide the one that was
 * called durable. See decision 008. Named in {@code node.conf}; made by Akka.
 */
public final class WholeJournal extends CassandraJournal {

  public WholeJournal(Config config, String path) {
    super(config, path);
  }

  @Override
  public Future<BoxedUnit> asyncReplayMessages(String persistenceId, long from, long to, long max,
      Function1<PersistentRepr, BoxedUnit> replayed) {
    return super.asyncReplayMessages(persistenceId, from, to + 1, max, replayed);
  }
}
