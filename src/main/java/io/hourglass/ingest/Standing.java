package io.hourglass.ingest;

import akka.actor.typed.javadsl.ActorContext;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.Watermark;
import java.time.Duration;

/**
 * Where a partition stands: its end, whether any record is left before that, for how long nothing has come. All nodes are
 * told now and then. Lives inside the ingester's actor.
 */
final class Standing {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** Whether a stretch of offsets was found to hold no record. */
  record Probed(long from, long to, boolean empty) implements PartitionIngester.Command {}

  private final Pipeline pipeline;
  private final Start start;
  private final ActorContext<PartitionIngester.Command> context;
  private final Surroundings world;
  private final DirtyKeys dirty;
  private final PartitionTime time;
  private final Idleness idleness;
  private boolean probing;
  private long next;

  Standing(Pipeline pipeline, Start start, ActorContext<PartitionIngester.Command> context, Surroundings world, DirtyKeys dirty,
      PartitionTime time) {
    this.pipeline = pipeline;
    this.start = start;
    this.context = context;
    this.world = world;
    this.dirty = dirty;
    this.time = time;
    this.idleness = new Idleness(world.ticks(), start.end());
  }

  /** Something has come. */
  void input() {
    idleness.input(world.ticks());
  }

  /** Kafka says that the partition ends at {@code offset}. What is left before it and does not come is looked at. */
  void end(long offset, boolean heldBack) {
    idleness.end(offset, world.ticks());
    if (!probing && !heldBack && idleness.doubtful(world.ticks(), dirty.position())) {
      probe(dirty.position(), offset);
    }
  }

  private void probe(long from, long to) {
    probing = true;
    context.pipeToSelf(world.empty(from, to), (empty, failure) -> new Probed(from, to, failure == null && empty));
  }

  void probed(Probed result) {
    probing = false;
    if (result.empty()) {
      idleness.empty(result.from(), result.to());
    }
  }

  /** Whether more than so many records are to be read, as far as is known. */
  boolean behind(int records) {
    return idleness.endFrom(dirty.position()) - idleness.passed(dirty.position()) > records;
  }

  /** What may be committed: behind the last record, marks of transactions are passed too. */
  DirtyKeys.Commit commit() {
    DirtyKeys.Commit commit = dirty.commit();
    return dirty.isEmpty() ? new DirtyKeys.Commit(idleness.passed(commit.offset()), commit.watermark()) : commit;
  }

  /** Whether there was no input for so long; {@code heldBack}: because none was taken. */
  boolean idle(long now, boolean heldBack, Duration howLong) {
    return dirty.isEmpty() && idleness.lasts(now, dirty.position(), heldBack, howLong.toMillis());
  }

  /** Tells all nodes, if it is time. One that Kafka does not answer may have lost the partition, and says nothing. */
  void report(long now, long committed, boolean heldBack) {
    if (now >= next && idleness.answers(now)) {
      next = now + INTERVAL.toMillis();
      boolean idle = idle(now, heldBack, pipeline.idleTimeout()) || nothingEver();
      world.report(new PartitionReport(pipeline.name(), start.source().partition(), start.feeds().partitions(),
          context.getSystem().address().toString(), time.own(), dirty.commit().watermark(), idleness.passed(dirty.position()),
          committed, idleness.endFrom(dirty.position()), idle, start.feeds().stride()));
    }
  }

  /** A partition that never had any input holds nobody, but one that was added does for a while: keys have moved there. */
  private boolean nothingEver() {
    return !added() && dirty.isEmpty() && time.own() == Watermark.NONE && idleness.atEnd(dirty.position());
  }

  private boolean added() {
    return pipeline.key().isEmpty() && start.source().partition() >= start.feeds().stride();
  }
}
