package io.hourglass.ingest;

import akka.actor.typed.javadsl.ActorContext;
import java.time.Duration;
import java.util.function.Supplier;

/** The commits of a partition: one at a time, not too often, never backwards. Lives inside the ingester's actor. */
final class Commits {

  /** A commit was answered; {@code failure} is null when it went through. */
  record Committed(DirtyKeys.Commit commit, Throwable failure) implements PartitionIngester.Command {}

  private final String name;
  private final ActorContext<PartitionIngester.Command> context;
  private final Surroundings world;
  private final Duration interval;
  private DirtyKeys.Commit newest;
  private boolean underWay;
  private long next;

  /**
   * @param name of the partition, for people
   * @param start where its reading began
   * @param interval time between two commits
   */
  Commits(String name, ActorContext<PartitionIngester.Command> context, Surroundings world, DirtyKeys.Commit start, Duration interval) {
    this.name = name;
    this.context = context;
    this.world = world;
    this.newest = start;
    this.interval = interval;
  }

  /** Commits, if it is time and there is anything new. */
  void commit(long now, DirtyKeys.Commit commit, Supplier<Mark> mark) {
    if (!underWay && now >= next && commit.offset() > newest.offset()) {
      underWay = true;
      next = now + interval.toMillis();
      context.pipeToSelf(world.commit(commit.offset(), mark.get().encode()), (done, failure) -> new Committed(commit, failure));
    }
  }

  void committed(Committed result) {
    underWay = false;
    if (result.failure() == null) {
      newest = result.commit();
    } else {
      context.getLog().info("{}: commit of {} did not go through: {}", name, result.commit().offset(), result.failure().toString());
    }
  }

  /** The next commit need not wait. */
  void hurry() {
    next = 0;
  }

  /** The newest offset that was committed, or where reading began. */
  long offset() {
    return newest.offset();
  }

  /** Whether everything below {@code offset} is committed, and no commit is under way. */
  boolean reached(long offset) {
    return !underWay && newest.offset() >= offset;
  }
}
