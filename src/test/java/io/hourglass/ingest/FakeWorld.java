package io.hourglass.ingest;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.hourglass.entity.KeyProtocol;
import io.hourglass.event.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A partition's log, keys that say nothing by themselves, and a clock that a test moves. */
final class FakeWorld implements Surroundings {

  record Told(String key, KeyProtocol.Command command) {}

  record Commit(long offset, Mark mark, CompletableFuture<Done> done) {}

  record Again(long offset, long target) {}

  record Rows(long from, long to) {}

  final List<Decoded.Event> log = new CopyOnWriteArrayList<>();
  final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  final BlockingQueue<Told> toldHere = new LinkedBlockingQueue<>();
  final BlockingQueue<Commit> commits = new LinkedBlockingQueue<>();
  final BlockingQueue<Again> agains = new LinkedBlockingQueue<>();
  final BlockingQueue<Rows> rows = new LinkedBlockingQueue<>();
  final BlockingQueue<PartitionReport> reports = new LinkedBlockingQueue<>();
  volatile List<String> openKeys = List.of();
  volatile long now = 1_000_000;
  /** By how much the wall clock is wrong. */
  volatile long clockError;
  volatile long others = Long.MAX_VALUE;
  /** Behind the log, marks of transactions up to this offset (exclusive). */
  volatile long marksUpTo;
  volatile boolean commitsFail;
  /** Whether the keys are on this node. */
  volatile boolean here;

  @Override
  public void tell(String key, KeyProtocol.Command command) {
    told.add(new Told(key, command));
  }

  @Override
  public boolean isHere(String key) {
    return here;
  }

  @Override
  public boolean tellHere(String key, KeyProtocol.Command command) {
    if (here) {
      toldHere.add(new Told(key, command));
    }
    return here;
  }

  @Override
  public void toldAgain(String key) {}

  @Override
  public Source<Batch, NotUsed> again(long offset, long target) {
    agains.add(new Again(offset, target));
    List<Batch> batches = new ArrayList<>();
    log.stream().filter(event -> event.offset() >= offset && event.offset() < target)
        .forEach(event -> batches.add(new Batch(List.of(event), event.offset() + 1)));
    return Source.from(batches);
  }

  @Override
  public CompletionStage<Boolean> empty(long from, long to) {
    return CompletableFuture.completedFuture(to <= marksUpTo);
  }

  @Override
  public Source<String, NotUsed> openKeys(long from, long to) {
    rows.add(new Rows(from, to));
    return Source.from(openKeys);
  }

  @Override
  public CompletionStage<Done> commit(long offset, String metadata) {
    CompletableFuture<Done> done = commitsFail
        ? CompletableFuture.failedFuture(new IllegalStateException("not ours"))
        : CompletableFuture.completedFuture(Done.getInstance());
    commits.add(new Commit(offset, Mark.decode(metadata).orElseThrow(), done));
    return done;
  }

  @Override
  public void report(PartitionReport report) {
    reports.add(report);
  }

  @Override
  public long othersWatermark() {
    return others;
  }

  @Override
  public long now() {
    return now + clockError;
  }

  @Override
  public long ticks() {
    return now;
  }

  static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(5, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
