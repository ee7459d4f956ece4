package io.hourglass.store;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The driver's session, asked for until it is there and then held: it finds its way back by itself when
 * Cassandra was away. Thread-safe.
 */
public final class OpenSession implements Supplier<CompletionStage<CqlSession>> {
  private static final int CONNECT_SECONDS = 4;

  private final Supplier<CompletionStage<CqlSession>> connect;
  private volatile CompletionStage<CqlSession> open;

  /** @param connect connects, or gives the connection under way; may fail, and is then asked again */
  public OpenSession(Supplier<CompletionStage<CqlSession>> connect) {
    this.connect = connect;
  }

  @Override
  public CompletionStage<CqlSession> get() {
    CompletionStage<CqlSession> held = open;
    return held != null ? held : connect();
  }

  private CompletionStage<CqlSession> connect() {
    CompletableFuture<CqlSession> connecting = CompletableFuture.completedFuture(connect)
        .thenCompose(Supplier::get)
        .orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
    return connecting.whenComplete((session, failure) -> {
      if (failure == null) {
        // Completed anew: a stage that wraps a Scala future runs everything that follows on another thread.
        open = CompletableFuture.completedFuture(session);
      }
    });
  }
}
