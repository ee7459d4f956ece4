package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyProtocol.Accepted;
import io.hourglass.entity.KeyProtocol.Advance;
import io.hourglass.entity.KeyProtocol.Advanced;
import io.hourglass.entity.KeyProtocol.Durable;
import io.hourglass.entity.KeyProtocol.Gap;
import io.hourglass.entity.KeyProtocol.Observe;
import io.hourglass.entity.KeyProtocol.Persist;
import io.hourglass.event.Decoded;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.Source;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An ingester in a world of the test's own: windows of 10 s, a second out of order, two seconds of lateness. */
class PartitionIngesterTest {
  private static final ActorTestKit KIT = ActorTestKit.create("ingester",
      ManualTime.config().withFallback(ConfigFactory.parseString("akka.loglevel = OFF")).withFallback(ConfigFactory.load()));
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final Source SOURCE = new Source("topic-id", 2);
  private static final Duration PERSIST_AFTER = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
  private static final int MOST_DIRTY = 8;
  private static final Settings.Ingest SETTINGS =
      new Settings.Ingest(PERSIST_AFTER, PERSIST_AFTER, 2, MOST_DIRTY, 10_000, 100, 0, ANSWER_TIMEOUT, Duration.ofSeconds(1));
  private static final WindowSpec WINDOW = new WindowSpec(10_000, ZoneOffset.UTC, 1_000, 2_000);

  private final FakeWorld world = new FakeWorld();
  private ActorRef<PartitionIngester.Command> ingester;
  private long position;

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  // ---- talking to it

  private static Pipeline pipeline(Optional<Duration> idleClose) {
    return new Pipeline("p", "t", Optional.empty(), Optional.empty(), new KeySpec(WINDOW, PaneSpec.OFF, List.of(), 60_000), idleClose,
        Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(1), List.of(), 64, ConfigFactory.empty());
  }

  /** All windows of earlier days are swept. */
  private void start() {
    start(0, swept(0), Optional.empty());
  }

  private static Mark swept(long swept) {
    return new Mark("topic-id", Watermark.NONE, Watermark.NONE, swept, 4);
  }

  private void start(long offset, Mark mark, Optional<Duration> idleClose) {
    start(offset, offset, mark, idleClose);
  }

  private void start(long offset, long end, Mark mark, Optional<Duration> idleClose) {
    position = offset;
    start(pipeline(idleClose), SETTINGS, new Start(SOURCE, offset, end, mark, Feeds.ofRecordKeys(4)));
  }

  private void start(Settings.Ingest settings) {
    start(pipeline(Optional.empty()), settings, new Start(SOURCE, 0, 0, swept(0), Feeds.ofRecordKeys(4)));
  }

  private void start(Pipeline pipeline, Settings.Ingest settings, Start start) {
    ingester = KIT.spawn(Behaviors.intercept(Handled::new, PartitionIngester.create(pipeline, settings, start, world)));
  }

  /** The next event of the log, not yet read. */
  private Decoded.Event event(String key, long timestamp) {
    Decoded.Event event = new Decoded.Event(key, new Observation(position++, timestamp, Watermark.NONE, new double[0], null));
    world.log.add(event);
    return event;
  }

  private CompletableFuture<Done> read(Decoded.Event... events) {
    CompletableFuture<Done> taken = new CompletableFuture<>();
    ingester.tell(PartitionIngester.Take.main(new Batch(Arrays.asList(events), position), taken));
    return taken;
  }

  private record Barrier(CompletableFuture<Done> passed) implements PartitionIngester.Command {}

  /** Tells when a {@link Barrier} comes through the mailbox. */
  private static final class Handled extends BehaviorInterceptor<PartitionIngester.Command, PartitionIngester.Command> {
    Handled() {
      super(PartitionIngester.Command.class);
    }

    @Override
    public Behavior<PartitionIngester.Command> aroundReceive(TypedActorContext<PartitionIngester.Command> context,
        PartitionIngester.Command message, ReceiveTarget<PartitionIngester.Command> target) {
      if (message instanceof Barrier barrier) {
        barrier.passed().complete(Done.getInstance());
        return Behaviors.same();
      }
      return target.apply(context, message);
    }
  }

  /** Returns when everything told before has been handled. */
  private void settled() {
    CompletableFuture<Done> passed = new CompletableFuture<>();
    ingester.tell(new Barrier(passed));
    passed.orTimeout(5, TimeUnit.SECONDS).join();
  }

  private void passes(Duration time) {
    settled();
    world.now += time.toMillis();
    TIME.timePasses(time);
    settled();
  }

  /** Waits until it has noticed a loss, and then for its pause. */
  private FakeWorld.Again goesBack() {
    passes(Duration.ofMillis(50));
    passes(Duration.ofMillis(200));
    return FakeWorld.next(world.agains);
  }

  private <T> T told(String key, Class<T> type) {
    FakeWorld.Told told = FakeWorld.next(world.told);
    assertEquals(key, told.key(), told::toString);
    return type.cast(told.command());
  }

  /** Reads one event of {@code key} and lets it be persisted; returns the persist. */
  private Persist persisting(String key, long timestamp) {
    read(event(key, timestamp));
    accept(key, told(key, Observe.class));
    passes(PERSIST_AFTER);
    return told(key, Persist.class);
  }

  private static void accept(Observe observe) {
    accept("a", observe);
  }

  private static void accept(String key, Observe observe) {
    observe.replyTo().tell(new Accepted(observe.run(), key));
  }

  private static void durable(String key, Persist request) {
    request.replyTo().tell(new Durable(request.run(), key, request.last()));
  }

  /** Answers those that have been asked for; nothing else. */
  private void answerPersists() {
    for (FakeWorld.Told told = world.told.poll(); told != null; told = world.told.poll()) {
      if (told.command() instanceof Persist persist) {
        durable(told.key(), persist);
      }
    }
  }

  private void nobodyTold() {
    settled();
    assertEquals(List.of(), List.copyOf(world.told));
  }

  // ---- telling keys

  @Test
  void aKeyIsToldItsEventsTheWatermarkAtEachAndWhatTheyFollow() throws Exception {
    start();
    read(event("a", 5_000), event("b", 9_000), event("a", 6_000));
    Observe first = told("a", Observe.class);
    assertEquals(KeyWindows.NO_PREVIOUS, first.previous());
    assertTrue(first.acknowledge());
    assertEquals(List.of(0L, 2L), first.observations().stream().map(Observation::offset).toList());
    assertEquals(List.of(3_999L, 7_999L), first.observations().stream().map(Observation::watermark).toList());
    told("b", Observe.class);
    read(event("a", 7_000)).get(5, TimeUnit.SECONDS);
    Observe second = told("a", Observe.class);
    assertEquals(2, second.previous());
    assertFalse(second.acknowledge());
    assertEquals(first.run(), second.run());
  }

  /** What is in doubt takes memory, of few keys too. */
  @Test
  void readingStopsFarBeyondWhatIsDurableUntilThatHasCaughtUp() throws Exception {
    start(new Settings.Ingest(PERSIST_AFTER, PERSIST_AFTER, 2, MOST_DIRTY, 4, 100, 0, ANSWER_TIMEOUT, Duration.ofSeconds(1)));
    accept(read1("a", 5_000));
    read1("a", 5_001);
    read1("a", 5_002);
    passes(Duration.ofMillis(50));
    nobodyTold();
    CompletableFuture<Done> taken = read(event("a", 5_003));
    told("a", Observe.class);
    passes(PERSIST_AFTER.dividedBy(4));
    Persist early = told("a", Persist.class);
    assertFalse(taken.isDone());
    durable("a", early);
    taken.get(5, TimeUnit.SECONDS);
  }

  /** Much more is to come: keys are told many events at a time, and persist less often. */
  @Test
  void behindItTellsLessOftenAndPersistsLater() throws Exception {
    Settings.Ingest settings = new Settings.Ingest(PERSIST_AFTER, PERSIST_AFTER.multipliedBy(2), 2, 1_000, 1_000, 100, 0, ANSWER_TIMEOUT, Duration.ofSeconds(1));
    start(pipeline(Optional.empty()), settings, new Start(SOURCE, 0, 1_000, swept(0), Feeds.ofRecordKeys(4)));
    CompletableFuture<Done> taken = read(event("a", 5_000));
    Observe observe = told("a", Observe.class);
    assertTrue(observe.behind());
    accept(observe);
    settled();
    assertFalse(taken.isDone());
    passes(Duration.ofMillis(50));
    taken.get(5, TimeUnit.SECONDS);
    passes(PERSIST_AFTER);
    nobodyTold();
    passes(PERSIST_AFTER);
    durable("a", told("a", Persist.class));
    ingester.tell(new PartitionIngester.End(2));
    read(event("a", 6_000)).get(5, TimeUnit.SECONDS);
    assertFalse(told("a", Observe.class).behind());
    passes(PERSIST_AFTER);
    told("a", Persist.class);
  }

  /** What it was told is too long ago to be told again, and its next persist far off: reading waits for neither. */
  @Test
  void behindAKeyThatDoesNotAcceptIsAskedWhatItHasSeen() {
    start(pipeline(Optional.empty()), SETTINGS, new Start(SOURCE, 0, 1_000, swept(0), Feeds.ofRecordKeys(4)));
    read(event("a", 5_000));
    Observe observe = told("a", Observe.class);
    passes(Duration.ofSeconds(3));
    Persist probe = told("a", Persist.class);
    assertEquals(0, probe.last());
    probe.replyTo().tell(new Gap(probe.run(), "a", -1));
    assertEquals(new FakeWorld.Again(0, 1), goesBack());
    assertNotEquals(observe.run(), told("a", Observe.class).run());
  }

  /** Nothing overtakes: the short way is taken when what went through sharding has been accepted, until all is durable. */
  @Test
  void aKeyOnThisNodeIsToldPastShardingOnceItHasAccepted() throws Exception {
    world.here = true;
    start();
    Observe first = read1("a", 5_000);
    read1("a", 5_100);
    accept(first);
    read1("a", 5_200);
    assertEquals(List.of(), List.copyOf(world.toldHere));
    durable("a", persist("a"));
    accept(read1("a", 5_300));
    settled();
    read(event("a", 5_400)).get(5, TimeUnit.SECONDS);
    assertEquals(3, ((Observe) FakeWorld.next(world.toldHere).command()).previous());
    world.here = false;
    read1("a", 5_500);
    world.here = true;
    read1("a", 5_600);
    assertEquals(List.of(), List.copyOf(world.toldHere));
  }

  private Observe read1(String key, long timestamp) throws Exception {
    read(event(key, timestamp)).get(5, TimeUnit.SECONDS);
    return told(key, Observe.class);
  }

  private Persist persist(String key) {
    passes(PERSIST_AFTER);
    return told(key, Persist.class);
  }

  /** None of them may be in memory: a key that people ask for would wait behind them all. */
  @Test
  void ofManyStrangeKeysTheNextAreToldWhenTheFirstHaveAccepted() throws Exception {
    start(new Settings.Ingest(PERSIST_AFTER, PERSIST_AFTER, 2, 1_000, 10_000, 1_000, 0, ANSWER_TIMEOUT, Duration.ofSeconds(1)));
    CompletableFuture<Done> taken = readKeys(100);
    List<Observe> first = toldInTurn(0, 64);
    nobodyTold();
    assertFalse(taken.isDone());
    first.get(63).replyTo().tell(new Accepted(first.get(63).run(), "63"));
    toldInTurn(64, 65);
    nobodyTold();
    for (int key = 0; key < 63; key++) {
      first.get(key).replyTo().tell(new Accepted(first.get(key).run(), Integer.toString(key)));
    }
    toldInTurn(65, 100);
    taken.get(5, TimeUnit.SECONDS);
  }

  /** They accept at once: there is nothing to wait for. */
  @Test
  void keysInMemoryOnThisNodeAreToldAllAtOnce() {
    world.here = true;
    start(new Settings.Ingest(PERSIST_AFTER, PERSIST_AFTER, 2, 1_000, 10_000, 1_000, 0, ANSWER_TIMEOUT, Duration.ofSeconds(1)));
    CompletableFuture<Done> taken = readKeys(100);
    List<Observe> told = toldInTurn(0, 100);
    settled();
    assertFalse(taken.isDone());
    for (int key = 0; key < 100; key++) {
      accept(Integer.toString(key), told.get(key));
    }
    taken.orTimeout(5, TimeUnit.SECONDS).join();
  }

  /** What was not told yet is told when what was told has been told again. */
  @Test
  void aLossInTheMiddleOfABatchLosesNothingOfIt() throws Exception {
    start(new Settings.Ingest(PERSIST_AFTER, PERSIST_AFTER, 2, 1_000, 10_000, 1_000, 0, ANSWER_TIMEOUT, Duration.ofSeconds(1)));
    CompletableFuture<Done> taken = readKeys(100);
    Observe first = toldInTurn(0, 64).get(0);
    first.replyTo().tell(new Gap(first.run(), "0", -1));
    assertEquals(new FakeWorld.Again(0, 64), goesBack());
    List<Observe> second = toldInTurn(0, 64);
    second.forEach(each -> each.replyTo().tell(new Accepted(each.run(), each.observations().get(0).offset() + "")));
    toldInTurn(64, 100);
    taken.get(5, TimeUnit.SECONDS);
  }

  private CompletableFuture<Done> readKeys(int keys) {
    return read(IntStream.range(0, keys).mapToObj(key -> event(Integer.toString(key), 5_000)).toArray(Decoded.Event[]::new));
  }

  private List<Observe> toldInTurn(int from, int to) {
    return IntStream.range(from, to).mapToObj(key -> told(Integer.toString(key), Observe.class)).toList();
  }

  /** A rebalance in which the partition stays here sends its stream back to the commit. */
  @Test
  void aStreamThatBeginsAnewIsReadOnFromWhereItWas() {
    start();
    Decoded.Event first = event("a", 1_000);
    Decoded.Event second = event("b", 9_000);
    read(first, second);
    told("a", Observe.class);
    told("b", Observe.class);
    passes(PERSIST_AFTER);
    Persist a = told("a", Persist.class);
    told("b", Persist.class);
    read(first, second).join();
    nobodyTold();
    read(second, event("b", 9_500));
    Observe more = told("b", Observe.class);
    assertEquals(List.of(2L), more.observations().stream().map(Observation::offset).toList());
    assertEquals(1, more.previous());
    durable("a", a);
    passes(Duration.ofSeconds(1));
    FakeWorld.Commit commit = FakeWorld.next(world.commits);
    assertEquals(1, commit.offset());
    assertEquals(-1, commit.mark().watermark());
  }

  @Test
  void theWatermarkOfTheOtherPartitionsHoldsBackAndNeverMovesItBack() {
    start();
    world.others = 2_000;
    read(event("a", 9_000));
    assertEquals(2_000, told("a", Observe.class).observations().get(0).watermark());
    world.others = 1_000;
    read(event("a", 9_500));
    assertEquals(2_000, told("a", Observe.class).observations().get(0).watermark());
    world.others = Long.MAX_VALUE;
    read(event("a", 9_600));
    assertEquals(8_599, told("a", Observe.class).observations().get(0).watermark());
  }

  // ---- the trickle

  @Test
  void aKeyIsPersistedWhenItHasBeenDirtyForAWhileAndNotSooner() {
    start();
    read(event("a", 5_000));
    told("a", Observe.class);
    passes(PERSIST_AFTER.minusMillis(1));
    nobodyTold();
    passes(Duration.ofMillis(50));
    Persist persist = told("a", Persist.class);
    assertEquals(0, persist.last());
    assertEquals(3_999, persist.watermark());
  }

  @Test
  void onlySoManyPersistsAreInFlightOldestFirst() {
    start();
    read(event("a", 5_000), event("b", 5_001), event("c", 5_002));
    List.of("a", "b", "c").forEach(key -> told(key, Observe.class));
    passes(PERSIST_AFTER);
    Persist a = told("a", Persist.class);
    told("b", Persist.class);
    passes(Duration.ofSeconds(1));
    nobodyTold();
    durable("a", a);
    told("c", Persist.class);
  }

  // ---- committing

  @Test
  void theFirstOffsetInDoubtIsCommittedWithTheWatermarkBeforeIt() {
    start();
    read(event("a", 5_000), event("b", 8_000), event("c", 7_000), event("b", 9_000));
    List.of("a", "b", "c").forEach(key -> told(key, Observe.class));
    passes(PERSIST_AFTER);
    durable("a", told("a", Persist.class));
    Persist b = told("b", Persist.class);
    Persist c = told("c", Persist.class);
    passes(Duration.ofMillis(50));
    FakeWorld.Commit first = FakeWorld.next(world.commits);
    assertEquals(1, first.offset());
    assertEquals(3_999, first.mark().watermark());
    durable("b", b);
    durable("c", c);
    passes(Duration.ofSeconds(1));
    FakeWorld.Commit all = FakeWorld.next(world.commits);
    assertEquals(4, all.offset());
    assertEquals(new Mark("topic-id", 7_999, 7_999, 0, 4), all.mark());
  }

  @Test
  void rejectedRecordsAreCommittedWithoutAnyKey() {
    start();
    position = 17;
    read();
    passes(Duration.ofMillis(50));
    assertEquals(17, FakeWorld.next(world.commits).offset());
  }

  @Test
  void aCommitThatFailsIsTriedAgain() {
    world.commitsFail = true;
    start();
    position = 3;
    read();
    passes(Duration.ofMillis(50));
    assertEquals(3, FakeWorld.next(world.commits).offset());
    settled();
    world.commitsFail = false;
    passes(Duration.ofSeconds(1));
    assertEquals(3, FakeWorld.next(world.commits).offset());
    passes(Duration.ofSeconds(5));
    assertTrue(world.commits.isEmpty());
  }

  /** A message must not be too large for the network. */
  @Test
  void manyEventsOfAKeyComeInSeveralMessagesEachFollowingTheOneBefore() throws Exception {
    startRemembering(2_000);
    read(IntStream.range(0, 1_200).mapToObj(i -> event("a", 5_000)).toArray(Decoded.Event[]::new)).get(5, TimeUnit.SECONDS);
    List<Observe> told = IntStream.range(0, 3).mapToObj(i -> told("a", Observe.class)).toList();
    assertEquals(List.of(500, 500, 200), told.stream().map(each -> each.observations().size()).toList());
    assertEquals(List.of(KeyWindows.NO_PREVIOUS, 499L, 999L), told.stream().map(Observe::previous).toList());
    assertEquals(List.of(false, false, true), told.stream().map(Observe::acknowledge).toList());
    gap("a", told.get(1));
    List<Observe> again = IntStream.range(0, 3).mapToObj(i -> told("a", Observe.class)).toList();
    assertEquals(told.stream().map(Observe::observations).toList(), again.stream().map(Observe::observations).toList());
    assertEquals(List.of(KeyWindows.NO_PREVIOUS, 499L, 999L), again.stream().map(Observe::previous).toList());
  }

  // ---- a key that lost something

  /** Its shard may have moved meanwhile, and nothing else would tell before the next persist. */
  @Test
  void whatIsNotAcceptedIsToldAgain() throws Exception {
    startRemembering(100);
    read(event("a", 4_000)).get(5, TimeUnit.SECONDS);
    told("a", Observe.class);
    read(event("a", 5_000)).get(5, TimeUnit.SECONDS);
    told("a", Observe.class);
    passes(Duration.ofSeconds(3));
    Observe again = told("a", Observe.class);
    assertEquals(KeyWindows.NO_PREVIOUS, again.previous());
    assertEquals(List.of(0L, 1L), again.observations().stream().map(Observation::offset).toList());
    accept(again);
    passes(Duration.ofSeconds(1));
    nobodyTold();
  }

  private void startRemembering(int remember) {
    start(new Settings.Ingest(PERSIST_AFTER, PERSIST_AFTER, 2, 1_000, 10_000, 100, remember, ANSWER_TIMEOUT, Duration.ofSeconds(1)));
  }

  private static void gap(String key, Observe observe) {
    observe.replyTo().tell(new Gap(observe.run(), key, -1));
  }

  @Test
  void aKeyThatLostSomethingIsToldAllAgainThatIsNotDurable() throws Exception {
    startRemembering(100);
    durable("a", persisting("a", 4_000));
    read(event("a", 5_000), event("b", 6_000)).get(5, TimeUnit.SECONDS);
    read(event("a", 7_000)).get(5, TimeUnit.SECONDS);
    Observe first = told("a", Observe.class);
    told("b", Observe.class);
    Observe second = told("a", Observe.class);
    gap("a", second);
    gap("a", second);
    Observe again = told("a", Observe.class);
    assertEquals(KeyWindows.NO_PREVIOUS, again.previous());
    assertEquals(List.of(first.observations().get(0), second.observations().get(0)), again.observations());
    assertTrue(again.acknowledge());
    assertEquals(first.run(), again.run());
    nobodyTold();
    assertTrue(world.agains.isEmpty());
  }

  @Test
  void itIsToldUntilItAccepts() {
    startRemembering(100);
    read(event("a", 5_000));
    Observe first = told("a", Observe.class);
    gap("a", first);
    told("a", Observe.class);
    passes(Duration.ofMillis(450));
    nobodyTold();
    passes(Duration.ofMillis(50));
    accept(told("a", Observe.class));
    passes(Duration.ofSeconds(1));
    nobodyTold();
    gap("a", first);
    told("a", Observe.class);
  }

  @Test
  void whatItWasAskedMeanwhileItIsAskedAgain() {
    startRemembering(100);
    Persist lost = persisting("a", 5_000);
    lost.replyTo().tell(new Gap(lost.run(), "a", -1));
    assertEquals(0, told("a", Observe.class).observations().get(0).offset());
    Persist again = told("a", Persist.class);
    assertEquals(0, again.last());
    durable("a", again);
    passes(Duration.ofSeconds(1));
    assertEquals(1, FakeWorld.next(world.commits).offset());
  }

  /** It has not closed what it was told to: the sweep waits for it. */
  @Test
  void aKeyThatLostSomethingInASweepIsToldToCloseAgain() {
    startRemembering(100);
    world.openKeys = List.of("a");
    read(event("a", 5_000), event("b", 13_000));
    accept(told("a", Observe.class));
    told("b", Observe.class);
    passes(Duration.ofSeconds(1));
    Advance lost = told("a", Advance.class);
    lost.replyTo().tell(new Gap(lost.run(), "a", -1));
    accept(told("a", Observe.class));
    Advance again = told("a", Advance.class);
    assertEquals(0, again.previous());
    read(event("b", 13_000));
    assertEquals(0, sweptAfter(Duration.ofSeconds(10)));
    again.replyTo().tell(new Advanced(again.run(), "a"));
    read(event("b", 13_001));
    assertEquals(10_000, sweptAfter(Duration.ofSeconds(10)));
  }

  /** What the newest commit says; persists are answered meanwhile. */
  private long sweptAfter(Duration time) {
    long swept = 0;
    for (int seconds = 0; seconds < time.toSeconds(); seconds++) {
      passes(Duration.ofSeconds(1));
      answerPersists();
      FakeWorld.Commit commit = world.commits.poll();
      swept = commit == null ? swept : commit.mark().swept();
    }
    return swept;
  }

  @Test
  void whatIsTooLongAgoIsReadAgain() {
    startRemembering(2);
    read(event("a", 5_000), event("b", 6_000), event("b", 7_000));
    Observe lost = told("a", Observe.class);
    told("b", Observe.class);
    gap("a", lost);
    assertEquals(new FakeWorld.Again(0, 3), goesBack());
  }

  // ---- going back

  @Test
  void aGapSendsEverythingFromTheCommitAgainAndTheStreamWaits() throws Exception {
    start();
    read(event("a", 5_000), event("b", 6_000)).get(5, TimeUnit.SECONDS);
    Observe lost = told("a", Observe.class);
    told("b", Observe.class);
    lost.replyTo().tell(new Gap(lost.run(), "a", -1));
    CompletableFuture<Done> waits = read(event("c", 7_000));
    assertEquals(new FakeWorld.Again(0, 2), goesBack());
    Observe again = told("a", Observe.class);
    assertNotEquals(lost.run(), again.run());
    assertEquals(KeyWindows.NO_PREVIOUS, again.previous());
    assertEquals(lost.observations().get(0).watermark(), again.observations().get(0).watermark());
    assertEquals(again.run(), told("b", Observe.class).run());
    assertEquals(2, told("c", Observe.class).observations().get(0).offset());
    waits.get(5, TimeUnit.SECONDS);
  }

  @Test
  void answersToAnEarlierRunMeanNothing() {
    start();
    Persist old = persisting("a", 5_000);
    old.replyTo().tell(new Gap(old.run(), "a", -1));
    assertEquals(new FakeWorld.Again(0, 1), goesBack());
    Observe again = told("a", Observe.class);
    old.replyTo().tell(new Durable(old.run(), "a", 0));
    old.replyTo().tell(new Gap(old.run(), "a", -1));
    passes(Duration.ofSeconds(2));
    assertTrue(world.commits.isEmpty());
    assertTrue(world.agains.isEmpty());
    passes(PERSIST_AFTER);
    Persist persist = told("a", Persist.class);
    assertEquals(run(again.run()), run(persist.run()));
  }

  /** Without the sweep that ran. */
  private static long run(long tag) {
    return tag >> 20;
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsAGap() {
    start();
    Persist unanswered = persisting("a", 5_000);
    passes(ANSWER_TIMEOUT);
    assertEquals(new FakeWorld.Again(0, 1), goesBack());
    assertNotEquals(unanswered.run(), told("a", Observe.class).run());
  }

  /** With the watermark goes the newest offset that the key was told: it may have lost the end. */
  @Test
  void aKeyThatDoesNotAnswerIsAskedAgainForAllItWasTold() {
    start();
    Persist persist = persisting("a", 5_000);
    read(event("a", 6_000));
    told("a", Observe.class);
    passes(Duration.ofSeconds(3));
    Persist again = told("a", Persist.class);
    assertEquals(persist.run(), again.run());
    assertEquals(1, again.last());
    assertEquals(4_999, again.watermark());
    durable("a", persist);
    passes(PERSIST_AFTER);
    assertEquals(1, told("a", Persist.class).last());
    passes(Duration.ofSeconds(1));
    nobodyTold();
  }

  @Test
  void anAnswerToAnEarlierPersistIsNoneToALaterOne() {
    start();
    Persist first = persisting("a", 5_000);
    durable("a", first);
    Persist second = persisting("a", 6_000);
    durable("a", first);
    passes(Duration.ofSeconds(1));
    assertEquals(1, FakeWorld.next(world.commits).offset());
    assertTrue(world.agains.isEmpty());
    durable("a", second);
    passes(Duration.ofSeconds(1));
    assertEquals(2, FakeWorld.next(world.commits).offset());
  }

  @Test
  void goingBackStopsAtWhatIsDurable() {
    start();
    durable("a", persisting("a", 5_000));
    Persist lost = persisting("b", 6_000);
    lost.replyTo().tell(new Gap(lost.run(), "b", -1));
    assertEquals(new FakeWorld.Again(1, 2), goesBack());
    assertEquals(1, told("b", Observe.class).observations().get(0).offset());
  }

  // ---- backpressure

  @Test
  void readingWaitsWhileAsManyKeysAreInDoubtAsMayBe() throws Exception {
    start();
    Decoded.Event[] events = new Decoded.Event[MOST_DIRTY];
    for (int i = 0; i < MOST_DIRTY; i++) {
      events[i] = event("k" + i, 5_000);
    }
    CompletableFuture<Done> taken = read(events);
    for (int i = 0; i < MOST_DIRTY; i++) {
      Observe observe = told("k" + i, Observe.class);
      observe.replyTo().tell(new Accepted(observe.run(), "k" + i));
    }
    passes(Duration.ofMillis(50));
    assertFalse(taken.isDone());
    Persist hurried = told("k0", Persist.class);
    durable("k0", hurried);
    taken.get(5, TimeUnit.SECONDS);
  }

  // ---- closing the windows of quiet keys

  @Test
  void quietKeysAreToldWhenTheWatermarkClosesTheirWindow() {
    start();
    world.openKeys = List.of("quiet");
    read(event("a", 12_999));
    told("a", Observe.class);
    passes(Duration.ofSeconds(1));
    assertTrue(world.rows.isEmpty(), "closed too early");
    read(event("a", 13_000));
    told("a", Observe.class);
    passes(Duration.ofSeconds(1));
    assertEquals(new FakeWorld.Rows(0, 10_000), FakeWorld.next(world.rows));
    Advance advance = told("quiet", Advance.class);
    assertEquals(11_999, advance.watermark());
    assertEquals(KeyWindows.NO_PREVIOUS, advance.previous());
    assertEquals(Long.MIN_VALUE, advance.clock());
  }

  @Test
  void aSweepIsRecordedWhenAllHaveAnswered() {
    start();
    world.openKeys = List.of("quiet");
    durable("a", persisting("a", 5_000));
    read(event("b", 13_000));
    told("b", Observe.class);
    passes(Duration.ofSeconds(1));
    assertEquals(0, FakeWorld.next(world.commits).mark().swept());
    Advance advance = told("quiet", Advance.class);
    advance.replyTo().tell(new Advanced(advance.run(), "quiet"));
    long swept = 0;
    for (int seconds = 0; seconds < 20 && swept == 0; seconds++) {
      passes(Duration.ofSeconds(1));
      answerPersists();
      FakeWorld.Commit commit = world.commits.poll();
      swept = commit == null ? 0 : commit.mark().swept();
    }
    assertEquals(10_000, swept);
  }

  @Test
  void aSweepThatIsNotAnsweredIsBegunAgain() {
    start();
    world.openKeys = List.of("quiet");
    read(event("a", 13_000));
    accept(told("a", Observe.class));
    passes(Duration.ofSeconds(1));
    FakeWorld.next(world.rows);
    for (int seconds = 0; seconds < 40 && world.rows.isEmpty(); seconds++) {
      passes(Duration.ofSeconds(1));
      answerPersists();
    }
    assertEquals(new FakeWorld.Rows(0, 10_000), FakeWorld.next(world.rows));
  }

  @Test
  void aKeyOfASweepThatDoesNotAnswerIsToldAgain() {
    start();
    world.openKeys = List.of("quiet");
    read(event("a", 13_000));
    accept(told("a", Observe.class));
    passes(Duration.ofSeconds(1));
    told("quiet", Advance.class);
    passes(Duration.ofSeconds(3));
    assertEquals(11_999, told("quiet", Advance.class).watermark());
  }

  /** The answer to the persist before the sweep says nothing of the one after it, which may be lost. */
  @Test
  void aKeyThatWasAskedTwiceToPersistIsToldToCloseWhicheverAnswerItWas() {
    start();
    Persist first = persisting("a", 5_000);
    read(event("a", 6_000));
    told("a", Observe.class);
    passes(Duration.ofSeconds(3));
    Persist second = told("a", Persist.class);
    durable("a", first);
    read(event("b", 13_000));
    told("b", Observe.class);
    passes(Duration.ofSeconds(1));
    FakeWorld.next(world.rows);
    passes(Duration.ofSeconds(1));
    told("a", Persist.class);
    durable("a", second);
    assertEquals(11_999, told("a", Advance.class).watermark());
  }

  @Test
  void aKeyWhosePersistCrossedTheSweepIsToldTwice() {
    start();
    read(event("a", 5_000));
    told("a", Observe.class);
    passes(PERSIST_AFTER);
    Persist before = told("a", Persist.class);
    read(event("b", 13_000));
    told("b", Observe.class);
    passes(Duration.ofSeconds(1));
    FakeWorld.next(world.rows);
    durable("a", before);
    Advance lost = told("a", Advance.class);
    assertEquals(11_999, lost.watermark());
    passes(Duration.ofSeconds(3));
    Advance again = told("a", Advance.class);
    again.replyTo().tell(new Advanced(again.run(), "a"));
    passes(Duration.ofSeconds(3));
    answerPersists();
    nobodyTold();
  }

  @Test
  void theClockClosesOnlyAfterAQuietTimeAtTheEndOfThePartition() {
    world.now = 100_000;
    world.openKeys = List.of("a");
    start(0, swept(90_000), Optional.of(Duration.ofSeconds(15)));
    durable("a", persisting("a", 99_000));
    passes(Duration.ofSeconds(40));
    assertTrue(world.rows.isEmpty(), "closed before the partition's end was known");
    read().join(); // a batch without events is input, too
    quiet(14, position);
    assertTrue(world.rows.isEmpty(), "closed too early");
    quiet(2, position);
    assertEquals(new FakeWorld.Rows(90_000, 150_000), FakeWorld.next(world.rows));
    long clock = told("a", Advance.class).clock();
    assertTrue(clock <= world.now && clock > world.now - 3_000, "clock: " + clock + " (expected: now)");
  }

  /** So many seconds in which nothing comes, and Kafka says each second where the partition ends. */
  private void quiet(int seconds, long end) {
    for (int i = 0; i < seconds; i++) {
      ingester.tell(new PartitionIngester.End(end));
      passes(Duration.ofSeconds(1));
    }
  }

  /** Who could not be read from was not quiet. */
  @Test
  void theClockClosesNothingWhileKafkaIsOutOfReach() {
    world.now = 100_000;
    world.openKeys = List.of("a");
    start(0, swept(90_000), Optional.of(Duration.ofSeconds(15)));
    durable("a", persisting("a", 99_000));
    quiet(10, position);
    passes(Duration.ofMinutes(5));
    assertTrue(world.rows.isEmpty(), "closed while Kafka was away");
    quiet(14, position);
    assertTrue(world.rows.isEmpty(), "the time away was counted");
    quiet(2, position);
    FakeWorld.next(world.rows);
  }

  /** The marks that transactions leave have offsets and are never read. */
  @Test
  void marksOfTransactionsAreNotWaitedFor() {
    world.now = 100_000;
    world.openKeys = List.of("a");
    start(0, swept(90_000), Optional.of(Duration.ofSeconds(15)));
    durable("a", persisting("a", 99_000));
    quiet(40, position + 1);
    assertTrue(world.rows.isEmpty(), "closed though something may be unread");
    world.marksUpTo = position + 1;
    world.reports.clear();
    quiet(3, position + 1);
    FakeWorld.next(world.rows);
    PartitionReport last = List.copyOf(world.reports).get(world.reports.size() - 1);
    assertEquals(position + 1, last.position());
    assertEquals(position + 1, last.committed());
  }

  @Test
  void theClockClosesNothingWhileThereIsMoreToRead() {
    world.openKeys = List.of("a");
    start(0, swept(90_000), Optional.of(Duration.ofSeconds(15)));
    durable("a", persisting("a", 99_000));
    quiet(60, position + 1);
    nobodyTold();
    assertTrue(world.rows.isEmpty());
  }

  @Test
  void theClockClosesNothingWhileAKeyIsNotDurable() {
    world.openKeys = List.of("a");
    start(0, swept(0), Optional.of(Duration.ofSeconds(3)));
    read(event("a", 5_000));
    accept(told("a", Observe.class));
    passes(PERSIST_AFTER);
    told("a", Persist.class);
    quiet((int) ANSWER_TIMEOUT.toSeconds() - 1, position);
    settled();
    assertTrue(world.told.stream().allMatch(told -> told.command() instanceof Persist));
    assertTrue(world.rows.isEmpty());
  }

  // ---- what others hear

  @Test
  void anIdlePartitionSaysSo() {
    start();
    durable("a", persisting("a", 5_000));
    quiet(20, position);
    world.reports.clear();
    passes(Duration.ofMillis(500));
    assertFalse(FakeWorld.next(world.reports).idle());
    quiet(12, position);
    world.reports.clear();
    passes(Duration.ofMillis(500));
    PartitionReport report = FakeWorld.next(world.reports);
    assertTrue(report.idle());
    assertEquals(3_999, report.watermark());
    assertEquals(1, report.committed());
    assertEquals(1, report.end());
  }

  @Test
  void aPartitionThatWasJustAssignedSaysHowMuchIsLeftToRead() {
    start(10, 500, swept(0), Optional.empty());
    passes(Duration.ofMillis(500));
    PartitionReport report = FakeWorld.next(world.reports);
    assertEquals(10, report.committed());
    assertEquals(500, report.end());
    assertFalse(report.idle());
  }

  @Test
  void anEmptyPartitionHoldsNobodyBack() {
    start();
    quiet(1, 0);
    assertTrue(lastReport().idle());
  }

  /** Keys are about to move to it, and their events may be old. */
  @Test
  void anEmptyPartitionThatWasAddedHoldsTheOthersForAWhile() {
    start(pipeline(Optional.empty()), SETTINGS, new Start(SOURCE, 0, 0, swept(0), Feeds.ofRecordKeys(8).andStride(2)));
    quiet(25, 0);
    assertFalse(lastReport().idle());
    quiet(6, 0);
    assertTrue(lastReport().idle());
  }

  private PartitionReport lastReport() {
    List<PartitionReport> reports = List.copyOf(world.reports);
    world.reports.clear();
    return reports.get(reports.size() - 1);
  }

  /** It may have lost the partition, and would not know. */
  @Test
  void aReaderThatKafkaDoesNotAnswerSaysNothing() {
    start();
    quiet(2, position);
    passes(Duration.ofSeconds(6));
    world.reports.clear();
    passes(Duration.ofSeconds(2));
    assertTrue(world.reports.isEmpty());
    quiet(2, position);
    assertTrue(world.reports.isEmpty(), "it may not have heard yet");
    quiet(3, position);
    assertEquals(2, FakeWorld.next(world.reports).partition());
  }

  @Test
  void aClockThatIsSetBackHoldsNothingUp() {
    start();
    read(event("a", 5_000));
    told("a", Observe.class);
    passes(Duration.ofSeconds(1));
    world.clockError = -3_600_000;
    passes(PERSIST_AFTER);
    durable("a", told("a", Persist.class));
    passes(Duration.ofSeconds(1));
    assertEquals(1, FakeWorld.next(world.commits).offset());
  }

  // ---- leaving

  @Test
  void drainingPersistsEverythingAtOnceAndCommitsBeforeItAnswers() {
    start();
    TestProbe<Done> drained = KIT.createTestProbe();
    read(event("a", 5_000), event("b", 6_000), event("c", 7_000));
    List.of("a", "b", "c").forEach(key -> told(key, Observe.class));
    ingester.tell(new PartitionIngester.Drain(drained.ref()));
    durable("a", told("a", Persist.class));
    Persist b = told("b", Persist.class);
    Persist c = told("c", Persist.class);
    CompletableFuture<Done> more = read(event("d", 8_000));
    passes(Duration.ofMillis(50));
    drained.expectNoMessage(Duration.ZERO);
    durable("b", b);
    durable("c", c);
    passes(Duration.ofSeconds(1));
    passes(Duration.ofSeconds(1));
    drained.expectMessage(Done.getInstance());
    assertEquals(3, world.commits.stream().mapToLong(FakeWorld.Commit::offset).max().orElse(0));
    assertFalse(more.isDone());
    assertTrue(world.told.isEmpty());
  }

  @Test
  void anIngesterWithNothingInDoubtDrainsAtOnce() {
    start();
    TestProbe<Done> drained = KIT.createTestProbe();
    ingester.tell(new PartitionIngester.Drain(drained.ref()));
    passes(Duration.ofMillis(50));
    drained.expectMessage(Done.getInstance());
  }

  // ---- coming back

  @Test
  void itBeginsWithTheWatermarkThatWasCommitted() {
    start(10, new Mark("topic-id", 7_000, 6_000, Watermark.NONE, 4), Optional.empty());
    read(event("a", 1_000));
    assertEquals(7_000, told("a", Observe.class).observations().get(0).watermark());
  }
}
