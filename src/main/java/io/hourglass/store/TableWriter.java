package io.hourglass.store;

import akka.Done;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Groups rows of one partition into one unlogged batch, which costs Cassandra little more than one row.
 *
 * <p>Each partition has a lane. The first row that waits in it lingers for some milliseconds ({@link Linger}); rows that come
 * meanwhile go together with it, those that come while a batch is in flight with the next. A lane has one batch in
 * flight, all lanes together a bounded number; lanes beyond it wait in order. More rows than the queue
 * holds are refused with a failed stage: whoever writes them tries again later. Thread-safe.
 */
final class TableWriter {

  /**
   * @param leastLingerMs how long the first row of a lane waits for others when few come
   * @param mostLingerMs the same when many do
   * @param batchRows rows in a batch
   * @param batchBytes estimated bytes in a batch; a single larger row goes alone
   * @param inFlight batches in flight
   * @param queued rows that wait or are in flight
   */
  record Limits(long leastLingerMs, long mostLingerMs, int batchRows, int batchBytes, int inFlight, int queued) {
    static final Limits DEFAULT = new Limits(3, 100, 100, 50_000, 24, 100_000);
  }

  private record Row(BoundStatement statement, int bytes, CompletableFuture<Done> done) {}

  private final class Lane {
    final Object partition;
    final Queue<Row> waiting = new ArrayDeque<>();
    long bytes;

    Lane(Object partition) {
      this.partition = partition;
    }
  }

  private final Cql cql;
  private final Limits limits;
  private final Linger linger;
  private final Map<Object, Lane> lanes = new HashMap<>();
  private final Queue<Lane> ready = new ArrayDeque<>();
  private int inFlight;
  private int queued;

  TableWriter(Cql cql, Limits limits) {
    this.cql = cql;
    this.limits = limits;
    this.linger = new Linger(limits.leastLingerMs(), limits.mostLingerMs());
  }

  /** Writes a row of {@code partition} (equal for rows of one partition of one table); completes when it is stored. */
  CompletionStage<Done> write(Object partition, CompletionStage<BoundStatement> statement) {
    return statement.thenCompose(row -> cql.sizeOf(row).thenCompose(bytes -> enqueue(partition, row, bytes)));
  }

  private CompletionStage<Done> enqueue(Object partition, BoundStatement statement, int bytes) {
    Row row = new Row(statement, bytes, new CompletableFuture<>());
    synchronized (this) {
      if (queued >= limits.queued()) {
        return CompletableFuture.failedFuture(
            new RejectedExecutionException("rows waiting for Cassandra: " + queued + " (expected: < " + limits.queued() + ")"));
      }
      queued++;
      long now = now();
      linger.row(now);
      Lane lane = lanes.get(partition);
      if (lane == null) {
        Lane opened = new Lane(partition);
        lanes.put(partition, opened);
        linger(opened, now);
        lane = opened;
      }
      lane.waiting.add(row);
      lane.bytes += bytes;
    }
    return row.done();
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  private void linger(Lane lane, long now) {
    CompletableFuture.delayedExecutor(linger.ms(now), TimeUnit.MILLISECONDS).execute(() -> due(lane));
  }

  private void due(Lane lane) {
    synchronized (this) {
      ready.add(lane);
    }
    flush();
  }

  /** Sends batches of lanes that are due while there is room for more in flight. */
  private void flush() {
    for (Lane lane = take(); lane != null; lane = take()) {
      send(lane, rows(lane));
    }
  }

  private synchronized Lane take() {
    if (inFlight >= limits.inFlight() || ready.isEmpty()) {
      return null;
    }
    inFlight++;
    return ready.remove();
  }

  private synchronized List<Row> rows(Lane lane) {
    List<Row> rows = new ArrayList<>();
    int bytes = 0;
    while (!lane.waiting.isEmpty() && rows.size() < limits.batchRows()) {
      bytes += lane.waiting.peek().bytes();
      if (bytes > limits.batchBytes() && !rows.isEmpty()) {
        break;
      }
      rows.add(lane.waiting.remove());
    }
    rows.forEach(row -> lane.bytes -= row.bytes());
    return rows;
  }

  private void send(Lane lane, List<Row> rows) {
    CompletionStage<?> sent;
    try {
      sent = rows.size() == 1 ? cql.write(rows.get(0).statement()) : cql.write(batch(rows));
    } catch (RuntimeException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    sent.whenCompleteAsync((ok, failure) -> sent(lane, rows, failure));
  }

  private static BatchStatement batch(List<Row> rows) {
    return BatchStatement.newInstance(
        DefaultBatchType.UNLOGGED, rows.stream().map(Row::statement).toArray(BoundStatement[]::new));
  }

  private void sent(Lane lane, List<Row> rows, Throwable failure) {
    synchronized (this) {
      inFlight--;
      queued -= rows.size();
      if (lane.waiting.isEmpty()) {
        lanes.remove(lane.partition);
      } else if (lane.waiting.size() < limits.batchRows() && lane.bytes < limits.batchBytes()) {
        linger(lane, now());
      } else {
        ready.add(lane);
      }
    }
    for (Row row : rows) {
      if (failure == null) {
        row.done().complete(Done.getInstance());
      } else {
        row.done().completeExceptionally(failure);
      }
    }
    flush();
  }
}
