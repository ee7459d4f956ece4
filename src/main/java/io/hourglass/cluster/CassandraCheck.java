package io.hourglass.cluster;

import akka.actor.ActorSystem;
import akka.stream.alpakka.cassandra.CassandraSessionSettings;
import akka.stream.alpakka.cassandra.javadsl.CassandraSession;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Readiness: a table of the journal can be read. The plugin's own check is not used: it starts the journal,
 * and a journal that is started before its tables are there never recovers.
 */
public final class CassandraCheck implements Supplier<CompletionStage<Boolean>> {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final CassandraSession session;
  private final SimpleStatement question;
  private final RecentAnswer answer;
  private final Reach reach;

  public CassandraCheck(ActorSystem system) {
    String keyspace = system.settings().config().getString("hourglass.cassandra.keyspace");
    session = CassandraSessionRegistry.get(system).sessionFor(CassandraSessionSettings.create("akka.persistence.cassandra"));
    question = SimpleStatement.newInstance("SELECT persistence_id FROM " + keyspace + ".metadata WHERE persistence_id = '-'")
        .setTimeout(TIMEOUT);
    reach = new Reach("cassandra " + system.settings().config().getValue("hourglass.cassandra.contact-points").unwrapped());
    answer = new RecentAnswer(Duration.ofSeconds(1), System::nanoTime, this::ask);
  }

  @Override
  public CompletionStage<Boolean> get() {
    return answer.get();
  }

  private CompletionStage<Boolean> ask() {
    return reach.of(CompletableFuture.completedFuture(question)
        .thenCompose(asked -> session.underlying().thenCompose(connected -> connected.executeAsync(asked)))
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
  }
}
