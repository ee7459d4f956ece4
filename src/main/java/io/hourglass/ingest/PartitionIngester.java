package io.hourglass.ingest;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.hourglass.entity.KeyProtocol.Accepted;
import io.hourglass.entity.KeyProtocol.Advanced;
import io.hourglass.entity.KeyProtocol.Answer;
import io.hourglass.entity.KeyProtocol.Durable;
import io.hourglass.entity.KeyProtocol.Gap;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The ingester of one assigned partition. It takes batches from the partition's stream, tells each key
 * its observations and what they follow, has dirty keys persisted in a steady trickle, and commits.
 *
 * <p>A key that has lost something is told again. What is too long ago for that, or an answer that does not
 * come in time however often it is asked for, ends the run: it goes back to the commit, reads again up to where
 * it was, and sends again under a new run. The main stream waits meanwhile.
 */
public final class PartitionIngester extends AbstractBehavior<PartitionIngester.Command> {
  private static final Duration TICK = Duration.ofMillis(50);
  /** The main stream's batches carry no run: they wait for the end of a rewind. */
  private static final long MAIN = 0;

  public interface Command {}

  /** A batch of the stream that {@code run} began (0: the main one); {@code taken} completes when more may come. */
  public record Take(long run, Batch batch, CompletableFuture<Done> taken) implements Command {
    public static Take main(Batch batch, CompletableFuture<Done> taken) {
      return new Take(MAIN, batch, taken);
    }
  }

  /** The partition's end offset, asked now and then. */
  public record End(long offset) implements Command {}

  /** Persist everything, commit, and answer. */
  public record Drain(ActorRef<Done> replyTo) implements Command {}

  /** The partition went to another node, or its stream ended. */
  public record Stop() implements Command {}

  record Answered(Answer answer) implements Command {}

  private record Rewind(long run) implements Command {}

  private enum Tick implements Command { TICK }

  private final Pipeline pipeline;
  private final Settings.Ingest settings;
  private final Start start;
  private final Surroundings world;
  private final TimerScheduler<Command> timers;
  private final DirtyKeys dirty;
  private final Sweep sweep;
  private final Sweeping sweeping;
  private final PartitionTime time;
  private final Rewinds rewinds;
  private final Commits commits;
  private final Standing standing;
  private final Conversation keys;
  private final Rereading again;
  private final Pace pace;
  private Take held;
  /** The batch that was taken last has not been told, or more must not come yet. */
  private CompletableFuture<Done> full;
  /** What of it the keys have not been told; null when they have. */
  private Batch rest;
  private ActorRef<Done> draining;

  public static Behavior<Command> create(Pipeline pipeline, Settings.Ingest settings, Start start, Surroundings world) {
    return Behaviors.setup(context -> Behaviors.withTimers(
        timers -> new PartitionIngester(pipeline, settings, start, world, context, timers)));
  }

  private PartitionIngester(Pipeline pipeline, Settings.Ingest settings, Start start, Surroundings world,
      ActorContext<Command> context, TimerScheduler<Command> timers) {
    super(context);
    context.setLoggerName(PartitionIngester.class);
    this.pipeline = pipeline;
    this.settings = settings;
    this.start = start;
    this.world = world;
    this.timers = timers;
    this.dirty = new DirtyKeys(start.offset(), start.mark().watermark());
    this.commits = new Commits(name(), context, world, dirty.commit(), settings.commitInterval());
    this.sweep = new Sweep(pipeline.window(), start.mark().swept());
    this.time = new PartitionTime(pipeline.window(), start.mark());
    this.rewinds = new Rewinds(settings.answerTimeout());
    this.keys = new Conversation(
        world, start.source(), context.messageAdapter(Answer.class, Answered::new), dirty, time, sweep,
        new Recent(settings.remember(), start.offset()));
    this.sweeping = new Sweeping(name(), context, world, sweep, keys, settings.answerTimeout());
    this.again = new Rereading(context, world);
    this.pace = new Pace(settings.batch());
    this.standing = new Standing(pipeline, start, context, world, dirty, time);
    timers.startTimerWithFixedDelay(Tick.TICK, TICK);
  }

  /** For people. */
  private String name() {
    return pipeline.name() + " " + start.source();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Take.class, this::take)
        .onMessage(Answered.class, this::answered)
        .onMessage(Tick.class, tick -> tick())
        .onMessage(Commits.Committed.class, this::committed)
        .onMessage(Rewind.class, this::rewind)
        .onMessage(Rereading.CaughtUp.class, this::caughtUp)
        .onMessage(Sweeping.CloseKey.class, this::closeKey)
        .onMessage(Sweeping.RowsSwept.class, this::rowsSwept)
        .onMessage(End.class, this::end)
        .onMessage(Standing.Probed.class, this::probed)
        .onMessage(Drain.class, this::drain)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onSignal(PostStop.class, stopped -> stopped())
        .build();
  }

  // ---- batches

  private Behavior<Command> take(Take take) {
    if (take.run() != MAIN && take.run() != keys.run()) {
      take.taken().completeExceptionally(new CancellationException("of an earlier run"));
      return this;
    }
    if (draining != null || (rewinds.active() && take.run() == MAIN)) {
      held = take.run() == MAIN ? take : held;
      return this;
    }
    // A stream that does not wait until its batch is taken loses nothing by it.
    while (rest != null) {
      rest = keys.observe(rest, behind());
    }
    // A rebalance that leaves the partition here begins its stream anew, at the commit.
    if (take.batch().next() <= dirty.position()) {
      take.taken().complete(Done.getInstance());
      return this;
    }
    standing.input();
    sweep.input();
    full = take.taken();
    pace.taken(take.batch().full(), take.batch().events().size(), world.ticks());
    rest = keys.observe(take.batch().from(dirty.position()), behind());
    admit();
    return this;
  }

  /** Goes on with the batch, then lets more come, as long as memory and the slowest key keep up. */
  private void admit() {
    while (rest != null && draining == null && keepsUp()) {
      rest = keys.observe(rest, behind());
    }
    if (full != null && rest == null && draining == null && keepsUp() && (pace.due(world.ticks()) || !behind())) {
      full.complete(Done.getInstance());
      full = null;
    }
  }

  /** Whether more than a batch is to be read. */
  private boolean behind() {
    return standing.behind(settings.batch());
  }

  private boolean keepsUp() {
    return dirty.size() < settings.maxDirtyKeys() && dirty.inDoubt() < settings.maxInDoubt() && keys.keepsUp();
  }

  // ---- answers

  private Behavior<Command> answered(Answered message) {
    Answer answer = message.answer();
    if (!keys.ofThisRun(answer) || rewinds.active() && !again.running()) {
      return this;
    }
    if (answer instanceof Durable durable) {
      durable(durable);
    } else if (answer instanceof Accepted) {
      keys.accepted(answer.key());
    } else if (answer instanceof Advanced closed) {
      keys.closed(closed);
    } else if (answer instanceof Gap gap && !keys.tellAgain(gap.key())) {
      lost(gap.key() + " has seen " + gap.seen());
    }
    admit();
    return this;
  }

  private void durable(Durable durable) {
    if (dirty.durable(durable.key(), durable.offset())) {
      rewinds.progress();
      keys.persisted(durable);
      persistDue();
    } else {
      keys.seen(durable);
    }
  }

  // ---- persisting and committing

  private Behavior<Command> tick() {
    long now = world.ticks();
    if (keys.waitsSince(now - rewinds.patience().toMillis())) {
      lost("no answer in " + rewinds.patience().toMillis() + " ms (" + keys.waiting() + ")");
      rewinds.noAnswer();
    }
    keys.askAgain(behind());
    if (!keys.tellAgain()) {
      lost("what a key lost is too long ago");
    }
    persistDue();
    commit(now);
    sweep(now);
    standing.report(now, commits.offset(), heldBack());
    admit();
    drained();
    return this;
  }

  private void persistDue() {
    boolean hurry = draining != null || dirty.size() > settings.maxDirtyKeys() / 2;
    Duration after = behind() ? settings.persistAfterBehind() : settings.persistAfter();
    long waitMs = dirty.inDoubt() > settings.maxInDoubt() / 4 * 3 ? after.toMillis() / 4 : after.toMillis();
    keys.persist(hurry ? world.ticks() : world.ticks() - waitMs, settings.persistParallelism());
  }

  private void commit(long now) {
    DirtyKeys.Commit next = standing.commit();
    keys.durable(next.offset());
    commits.commit(now, next, () -> new Mark(start.source().topicId(), next.watermark(), time.effective(), sweep.sweptUnder(next.watermark()),
        start.feeds().stride()));
  }

  private Behavior<Command> committed(Commits.Committed result) {
    commits.committed(result);
    return this;
  }

  // ---- going back

  private void lost(String why) {
    putAside();
    Duration pause = rewinds.begin(dirty.position());
    again.stop();
    keys.startOver();
    getContext().getLog().info("{}: going back from {} to {}: {}",
        name(), rewinds.target(), dirty.position(), why);
    timers.startSingleTimer(new Rewind(keys.run()), pause);
  }

  /** What the main stream brought and is not told yet waits for the end of the rewind. */
  private void putAside() {
    if (rest != null && !rewinds.active()) {
      held = Take.main(rest, full);
    } else if (full != null) {
      full.complete(Done.getInstance());
    }
    full = null;
    rest = null;
  }

  private Behavior<Command> rewind(Rewind rewind) {
    if (rewind.run() != keys.run()) {
      return this;
    }
    again.start(keys.run(), dirty.position(), rewinds.target());
    return this;
  }

  private Behavior<Command> caughtUp(Rereading.CaughtUp end) {
    if (end.run() != keys.run()) {
      return this;
    }
    if (end.failure() != null) {
      lost("reading again failed: " + end.failure());
      return this;
    }
    again.stop();
    rewinds.end();
    dirty.moved(rewinds.target(), time.own());
    full = null;
    rest = null;
    release();
    return this;
  }

  private void release() {
    if (held != null) {
      Take take = held;
      held = null;
      take(take);
    }
  }

  // ---- closing the windows of quiet keys

  private void sweep(long now) {
    sweeping.goOn();
    if (!rewinds.active() && draining == null) {
      sweeping.begin(now, behind(), this::idleToClose);
    }
  }

  /** The clock closes when nothing comes: neither here nor in another partition that feeds the same keys. */
  private boolean idleToClose(long now) {
    return pipeline.idleClose().isPresent()
        && world.othersWatermark() == Long.MAX_VALUE
        && standing.idle(now, heldBack(), pipeline.idleClose().get());
  }

  private boolean heldBack() {
    return full != null || held != null || rewinds.active();
  }

  private Behavior<Command> closeKey(Sweeping.CloseKey request) {
    keys.close(request.key(), request.replyTo());
    return this;
  }

  private Behavior<Command> rowsSwept(Sweeping.RowsSwept result) {
    sweeping.rowsSwept(result);
    return this;
  }

  // ---- where the partition stands

  private Behavior<Command> end(End message) {
    standing.end(message.offset(), heldBack());
    return this;
  }

  private Behavior<Command> probed(Standing.Probed result) {
    standing.probed(result);
    return this;
  }

  // ---- leaving

  private Behavior<Command> drain(Drain drain) {
    draining = drain.replyTo();
    persistDue();
    return this;
  }

  private void drained() {
    if (draining != null && dirty.isEmpty() && commits.reached(dirty.commit().offset())) {
      draining.tell(Done.getInstance());
      draining = null;
      full = null;
      rest = null;
    } else if (draining != null) {
      commits.hurry();
    }
  }

  private Behavior<Command> stopped() {
    again.stop();
    Stream.of(full, held == null ? null : held.taken())
        .filter(Objects::nonNull)
        .forEach(waiting -> waiting.completeExceptionally(new CancellationException("the ingester has ended")));
    return this;
  }
}
