package io.hourglass.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.hourglass.entity.KeyProtocol.Accepted;
import io.hourglass.entity.KeyProtocol.Advance;
import io.hourglass.entity.KeyProtocol.Advanced;
import io.hourglass.entity.KeyProtocol.Answer;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.entity.KeyProtocol.Durable;
import io.hourglass.entity.KeyProtocol.Gap;
import io.hourglass.entity.KeyProtocol.Get;
import io.hourglass.entity.KeyProtocol.GetRolling;
import io.hourglass.entity.KeyProtocol.GetStored;
import io.hourglass.entity.KeyProtocol.Observe;
import io.hourglass.entity.KeyProtocol.Persist;
import io.hourglass.entity.KeyProtocol.Review;
import io.hourglass.entity.KeyProtocol.Stop;
import io.hourglass.entity.KeyProtocol.Stored;
import io.hourglass.window.Branches;
import io.hourglass.window.KeyResult;
import io.hourglass.window.KeySnapshot;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.SeriesHistory;
import io.hourglass.window.Source;
import io.hourglass.window.Watch;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowsAdvanced;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The entity of one key. It only translates: batches into {@link KeyWindows}, its pending delta into one
 * journal event, that event's consequences into the {@link Mailing}.
 */
public final class KeyEntity extends EventSourcedBehavior<Command, WindowsAdvanced, KeyState> {
  /** A delta with so many late events is persisted at once: it bounds the event's size. */
  private static final int MAX_PENDING_LATE = 500;
  /** As does the bound of windows that wait for the next event. */
  private static final int MAX_PENDING_WINDOWS = 32;
  /** So long a key that is to go waits for what is on its way out. */
  private static final Duration MAIL_PATIENCE = Duration.ofSeconds(1);
  /** So long a key stays that is in memory only because somebody asked: who asks may ask again. */
  private static final Duration LINGER = Duration.ofSeconds(1);
  /** Named apart: while the journal is away every entity that is needed says so. */
  private static final String LOGGER = "io.hourglass.entity.key";

  /**
   * What all entities of a pipeline share.
   *
   * @param learning what a snapshot holds of a series that is judged
   * @param snapshotEvery events between snapshots
   */
  public record Kind(String pipeline, KeySpec keys, Watches watches, Outbox outbox, Watermarks watermarks, Ownership ownership,
      Arrivals arrivals, LocalKeys local, SeriesHistory.Learning learning, int snapshotEvery) {}

  /** Told of every batch, by where its ingester is. */
  @FunctionalInterface
  public interface Arrivals {
    void batch(boolean fromThisNode);
  }

  /** Whether this node may still act for its keys. */
  @FunctionalInterface
  public interface Ownership {
    /** Returns only while no other node can have taken the keys over. */
    void check();
  }

  /** How far the source partitions have come by what is durable. */
  public interface Watermarks {
    /** The watermark of the keys of a partition below which everything is durable; {@link Watermark#NONE} if not known. */
    long durable(int partition);

    /** Whether a key's events may come from several partitions. */
    boolean mixed();
  }

  /** The rules of a pipeline, bound to a key. */
  @FunctionalInterface
  public interface Watches {
    Watch forKey(String key);
  }

  private record Closing() implements Command {}

  private record NobodyAsks() implements Command {}

  private record GiveUpMail() implements Command {}

  private final Kind kind;
  private final String key;
  private final Watch watch;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final Mailing mailing;
  /** Whether it is in memory only because somebody asked. */
  private boolean onlyAsked = true;
  private ActorRef<Answer> lastIngester;
  private boolean lastIsHere;
  /** While it recovers. */
  private Branches branches;
  private KeyWindows windows;

  /** @param shard that is told when the key need not stay in memory */
  public static Behavior<Command> create(Kind kind, String key, ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context -> {
      context.setLoggerName(LOGGER);
      return Behaviors.withTimers(timers -> new KeyEntity(kind, key, context, timers, shard));
    });
  }

  private KeyEntity(Kind kind, String key, ActorContext<Command> context, TimerScheduler<Command> timers, ActorRef<ClusterSharding.ShardCommand> shard) {
    super(PersistenceId.ofUniqueId(persistenceId(kind.pipeline(), key)));
    this.kind = kind;
    this.key = key;
    this.watch = kind.watches().forKey(key);
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.mailing = new Mailing(kind.outbox(), key, context, timers);
  }

  static String persistenceId(String pipeline, String key) {
    return pipeline + "|" + key;
  }

  @Override
  public KeyState emptyState() {
    return new KeyState(kind.keys());
  }

  /** What is done about a command. */
  @FunctionalInterface
  private interface Handler<C extends Command> {
    Effect<WindowsAdvanced, KeyState> handle(KeyEntity entity, C command);
  }

  /** For all keys: a handler builder for each would take a kilobyte of every key, and longer. */
  private static final Map<Class<?>, Handler<Command>> HANDLERS = Map.ofEntries(
      on(Observe.class, KeyEntity::observe),
      on(Persist.class, KeyEntity::persist),
      on(Advance.class, KeyEntity::advance),
      on(Get.class, KeyEntity::get),
      on(GetRolling.class, KeyEntity::getRolling),
      on(GetStored.class, KeyEntity::getStored),
      on(WindowPoll.Look.class, KeyEntity::look),
      on(Review.class, KeyEntity::review),
      on(Closing.class, KeyEntity::closeAfterRecovery),
      on(NobodyAsks.class, KeyEntity::leaveAgain),
      on(Mailing.Result.class, KeyEntity::mailed),
      on(Mailing.Again.class, KeyEntity::mailAgain),
      on(Stop.class, KeyEntity::stop),
      on(GiveUpMail.class, KeyEntity::giveUpMail));

  private static <C extends Command> Map.Entry<Class<?>, Handler<Command>> on(Class<C> type, Handler<C> handler) {
    return Map.entry(type, (entity, command) -> handler.handle(entity, type.cast(command)));
  }

  @Override
  public CommandHandler<Command, WindowsAdvanced, KeyState> commandHandler() {
    return (state, command) -> {
      kind.ownership().check();
      onlyAsked &= !(command instanceof Observe || command instanceof Persist || command instanceof Advance);
      return HANDLERS.get(command.getClass()).handle(this, command);
    };
  }

  @Override
  public EventHandler<KeyState, WindowsAdvanced> eventHandler() {
    return this::apply;
  }

  /** In life an event follows the state; in a recovery another writer's may stand beside it. */
  private KeyState apply(KeyState state, WindowsAdvanced event) {
    if (windows != null) {
      return state.apply(event);
    }
    branches = branches == null ? new Branches(state) : branches;
    branches.read(event);
    return state;
  }

  @Override
  public SignalHandler<KeyState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(PostStop.instance(), state -> left())
        .build();
  }

  @Override
  public SnapshotAdapter<KeyState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(KeyState state) {
        kind.ownership().check();
        return state.snapshot(kind.learning());
      }

      @Override
      public KeyState fromJournal(Object snapshot) {
        return new KeyState(kind.keys(), (KeySnapshot) snapshot);
      }
    };
  }

  /** Events that the older of two snapshots holds are deleted. */
  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(kind.snapshotEvery(), 2).withDeleteEventsOnSnapshot();
  }

  /** What may not have left before a crash leaves again. */
  private void recovered(KeyState state) {
    settle();
    windows = new KeyWindows(kind.keys(), state, watch);
    kind.local().here(key, context.getSelf());
    windows.review();
    catchUp();
    mailing.reopen(windows);
    mailing.await(windows, () -> { });
    if (!windows.closing().isEmpty() || windows.alerting()) {
      context.getSelf().tell(new Closing());
    }
  }

  /** What had closed, or has meanwhile, is sent; recorded first where it must be. A recovery cannot write by itself. */
  private Effect<WindowsAdvanced, KeyState> closeAfterRecovery(Closing closing) {
    return settled(() -> { });
  }

  private void settle() {
    if (branches != null) {
      branches.settle();
      if (branches.setAside() > 0) {
        context.getLog().warn("journal of {}: {} events of another writer set aside", key, branches.setAside());
      }
      branches = null;
    }
  }

  private Effect<WindowsAdvanced, KeyState> observe(Observe batch) {
    kind.arrivals().batch(isHere(batch.replyTo()));
    if (!windows.accepts(batch.source(), batch.previous())) {
      return gap(batch.run(), batch.source(), batch.replyTo());
    }
    windows.observe(batch.source(), batch.observations());
    if (batch.acknowledge()) {
      mailing.whenCalm(() -> batch.replyTo().tell(new Accepted(batch.run(), key)));
    }
    boolean urgent = windows.alerting() || windows.pendingLate() >= MAX_PENDING_LATE;
    if (urgent) {
      return write();
    }
    return batch.behind() && windows.pendingWindows() <= MAX_PENDING_WINDOWS ? Effect().none() : closeDue();
  }

  /** Whether an ingester is on this node: it is the one of the batch before most often. */
  private boolean isHere(ActorRef<Answer> ingester) {
    if (!ingester.equals(lastIngester)) {
      lastIngester = ingester;
      lastIsHere = ingester.path().address().hasLocalScope();
    }
    return lastIsHere;
  }

  private Effect<WindowsAdvanced, KeyState> persist(Persist request) {
    Source source = request.source();
    long last = request.last();
    if (!windows.accepts(source, last)) {
      return gap(request.run(), source, request.replyTo());
    }
    windows.advance(request.watermark());
    Runnable answer = () -> request.replyTo().tell(new Durable(request.run(), key, last));
    return settled(answer);
  }

  private Effect<WindowsAdvanced, KeyState> advance(Advance request) {
    if (!windows.accepts(request.source(), request.previous())) {
      return gap(request.run(), request.source(), request.replyTo());
    }
    windows.advance(request.watermark());
    if (request.clock() != Long.MIN_VALUE) {
      windows.closeByClock(request.clock());
    }
    Runnable answer = () -> request.replyTo().tell(new Advanced(request.run(), key));
    return windows.closing().isEmpty() && !windows.alerting() ? Effect().none().thenRun(() -> mailing.await(windows, answer)) : settled(answer);
  }

  private Effect<WindowsAdvanced, KeyState> gap(long run, Source source, ActorRef<Answer> replyTo) {
    replyTo.tell(new Gap(run, key, windows.seen(source)));
    return Effect().none();
  }

  private Effect<WindowsAdvanced, KeyState> get(Get query) {
    return answer(query.replyTo(), () -> windows.result(query.durable()));
  }

  private Effect<WindowsAdvanced, KeyState> getRolling(GetRolling query) {
    return answer(query.replyTo(), () -> windows.rolling(query.length(), query.durable()));
  }

  private Effect<WindowsAdvanced, KeyState> getStored(GetStored query) {
    return answer(query.replyTo(), () -> {
      KeyResult key = windows.result(query.durable());
      return new Stored(key.seen(), key.watermark(), key.windows().stream().map(each -> windows.stored(each, query.durable())).toList());
    });
  }

  private <A> Effect<WindowsAdvanced, KeyState> answer(ActorRef<A> asker, Supplier<A> result) {
    catchUp();
    asker.tell(result.get());
    if (onlyAsked) {
      timers.startSingleTimer(new NobodyAsks(), windows.isNew() ? Duration.ZERO : LINGER);
    }
    return windows.alerting() ? write() : closeDue();
  }

  /** Who reads many keys, or asks for some that never were, fills no memory and drives few other keys out of it. */
  private Effect<WindowsAdvanced, KeyState> leaveAgain(NobodyAsks any) {
    return onlyAsked ? Effect().none().thenRun(() -> shard.tell(new ClusterSharding.Passivate<>(context.getSelf()))) : Effect().none();
  }

  private Effect<WindowsAdvanced, KeyState> look(WindowPoll.Look look) {
    catchUp();
    look.poll().answer(look.place(), key, windows.share(look.poll().start()));
    return windows.alerting() ? write() : closeDue();
  }

  private void left() {
    if (windows != null) {
      kind.local().left(key, context.getSelf(), windows.isNew() ? null : windows.resting());
    }
  }

  private Effect<WindowsAdvanced, KeyState> review(Review review) {
    windows.review();
    return windows.alerting() ? write() : Effect().none().thenRun(() -> mailing.await(windows, () -> { }));
  }

  /**
   * A quiet key was told of a close once, and forgets it when it leaves memory. What is durable of its sources
   * closes the same windows again: none of its events is still to come below that watermark.
   */
  private void catchUp() {
    windows.partitions().mapToLong(kind.watermarks()::durable).min().ifPresent(windows::advance);
  }

  private Effect<WindowsAdvanced, KeyState> mailed(Mailing.Result result) {
    mailing.finished(result, windows);
    return Effect().none();
  }

  private Effect<WindowsAdvanced, KeyState> mailAgain(Mailing.Again again) {
    mailing.again();
    return Effect().none();
  }

  /**
   * Goes when nothing is pending, nothing is on its way out, and alerts and late events that have left are recorded as
   * left: else they would leave again whenever somebody asks for this key. What does not leave is not waited for long:
   * it leaves from wherever the key is next. A key that was only asked records that a close has left: else each question would
   * send it again.
   */
  private Effect<WindowsAdvanced, KeyState> stop(Stop stop) {
    kind.local().gone(key, context.getSelf());
    Runnable again = () -> context.getSelf().tell(stop);
    if (windows.dirty()) {
      return write(again);
    }
    if (mailing.busy()) {
      timers.startSingleTimer(new GiveUpMail(), MAIL_PATIENCE);
      return Effect().none().thenRun(() -> mailing.then(again));
    }
    return windows.unsent() || onlyAsked && windows.unrecorded() ? write(again) : Effect().stop();
  }

  private Effect<WindowsAdvanced, KeyState> giveUpMail(GiveUpMail late) {
    return windows.dirty() ? write(() -> context.getSelf().tell(late)) : Effect().stop();
  }

  /** Has the delta written if a window is due to close: only what is durable may leave. */
  private Effect<WindowsAdvanced, KeyState> closeDue() {
    if (!windows.closeDue()) {
      return Effect().none();
    }
    return windows.toRecord(kind.watermarks().mixed()) ? write() : Effect().none().thenRun(() -> mailing.close(windows));
  }

  private static long eventId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  private Effect<WindowsAdvanced, KeyState> write() {
    return write(() -> {});
  }

  private Effect<WindowsAdvanced, KeyState> write(Runnable afterwards) {
    List<Long> opening = windows.opening();
    WindowsAdvanced event = windows.event(!mailing.busy(), eventId());
    return Effect().persist(event).thenRun(state -> {
      kind.ownership().check();
      written(event, opening);
      afterwards.run();
    });
  }

  /** Writes what is pending, sends what is due, and runs {@code answer} when all of it has left. */
  private Effect<WindowsAdvanced, KeyState> settled(Runnable answer) {
    if (!windows.toRecord(kind.watermarks().mixed())) {
      return Effect().none().thenRun(() -> {
        mailing.close(windows);
        mailing.then(answer);
      });
    }
    return write(() -> mailing.then(answer));
  }

  private void written(WindowsAdvanced event, List<Long> opening) {
    windows.persisted();
    mailing.written(windows, event, opening);
  }
}
