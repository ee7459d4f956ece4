package io.hourglass.store;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The session and its prepared statements. A statement is prepared when it is first used; one that could
 * not be prepared is forgotten, so that the next use tries again. Reads and writes ask a local quorum.
 */
final class Cql {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Supplier<? extends CompletionStage<CqlSession>> session;
  private final String keyspace;
  private final ConcurrentHashMap<String, CompletableFuture<PreparedStatement>> prepared = new ConcurrentHashMap<>();

  Cql(Supplier<? extends CompletionStage<CqlSession>> session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  /** @param cql in which {@code %s} stands for the keyspace; the statement's text is its cache key */
  CompletionStage<BoundStatement> bind(String cql, Object... values) {
    return prepared(cql).thenApply(statement -> statement.bind(values));
  }

  CompletionStage<AsyncResultSet> read(String cql, Object... values) {
    return bind(cql, values).thenCompose(this::execute);
  }

  CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
    return session().thenCompose(open -> open.executeAsync(statement));
  }

  /** Estimated size on the wire, in bytes. */
  CompletionStage<Integer> sizeOf(BoundStatement statement) {
    return session().thenApply(open -> statement.computeSizeInBytes(open.getContext()));
  }

  /** One row alone, with the patience of a write that nobody looks at. */
  CompletionStage<AsyncResultSet> write(BoundStatement row) {
    return execute(row.setTimeout(PATIENCE));
  }

  CompletionStage<AsyncResultSet> write(BatchStatement batch) {
    return execute(batch.setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM).setIdempotent(true).setTimeout(PATIENCE));
  }

  private CompletionStage<CqlSession> session() {
    try {
      return session.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<PreparedStatement> prepared(String cql) {
    return prepared.compute(cql, (text, earlier) ->
        earlier == null || earlier.isCompletedExceptionally() ? prepare(text) : earlier);
  }

  private CompletableFuture<PreparedStatement> prepare(String cql) {
    SimpleStatement statement = SimpleStatement.newInstance(String.format(cql, keyspace))
        .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
        .setIdempotent(true);
    return session().thenCompose(open -> open.prepareAsync(statement)).toCompletableFuture();
  }
}
