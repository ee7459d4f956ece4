package io.hourglass.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import akka.persistence.testkit.javadsl.SnapshotTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyProtocol.Accepted;
import io.hourglass.entity.KeyProtocol.Advance;
import io.hourglass.entity.KeyProtocol.Advanced;
import io.hourglass.entity.KeyProtocol.Answer;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.entity.KeyProtocol.Durable;
import io.hourglass.entity.KeyProtocol.Gap;
import io.hourglass.entity.KeyProtocol.Get;
import io.hourglass.entity.KeyProtocol.Observe;
import io.hourglass.entity.KeyProtocol.Persist;
import io.hourglass.entity.KeyProtocol.Stop;
import io.hourglass.rule.NoData;
import io.hourglass.rule.On;
import io.hourglass.rule.RuleBook;
import io.hourglass.rule.RuleSpec;
import io.hourglass.rule.Rules;
import io.hourglass.window.KeyResult;
import io.hourglass.window.KeySnapshot;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.LateEvent;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Source;
import io.hourglass.window.ThresholdWatch;
import io.hourglass.window.Watch;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;
import io.hourglass.window.WindowsAdvanced;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entity with a journal in memory: windows of a second, no lateness; the rule holds from three events on. */
class KeyEntityTest {
  private static final Config CONFIG = ConfigFactory.load(
      ConfigFactory.parseString("akka { actor.provider = local, coordinated-shutdown.exit-jvm = off, loglevel = OFF }")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ManualTime.config())
          .withFallback(ConfigFactory.parseResources("node.conf")));
  private static final ActorTestKit KIT = ActorTestKit.create("entity", CONFIG);
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
  private static final SnapshotTestKit SNAPSHOTS = SnapshotTestKit.create(KIT.system());

  private static final Source SOURCE = new Source("topic", 4);
  private static final String KEY = "k";
  private static final String ID = "p|" + KEY;
  private static final long RUN = 77;
  private static final KeySpec SPEC = new KeySpec(new WindowSpec(1_000, ZoneOffset.UTC, 0, 0), PaneSpec.OFF, List.of(), 60_000);
  private static final RaisedAlert THREE = new RaisedAlert("three", "warning", "three of them", 0, 3, 12);
  private static final Watch WATCH = new ThresholdWatch("three", "warning", "three of them", 3);

  /** What the source's partition has committed. */
  private long durableWatermark = Watermark.NONE;
  private final KeyEntity.Watermarks watermarks = new KeyEntity.Watermarks() {
    @Override
    public long durable(int partition) {
      return durableWatermark;
    }

    @Override
    public boolean mixed() {
      return mixed;
    }
  };
  private volatile boolean mixed;
  private final LocalKeys local = new LocalKeys();
  /** How often the entity asked whether its key is still its own. */
  private volatile int checks;
  private final RecordingOutbox outbox = new RecordingOutbox(() -> JOURNAL.persistedInStorage(ID).size());
  private final TestProbe<Answer> answers = KIT.createTestProbe();
  private final TestProbe<KeyResult> results = KIT.createTestProbe();
  private final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();

  @BeforeEach
  void empty() {
    JOURNAL.clearAll();
    SNAPSHOTS.clearAll();
  }

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  // ---- talking to it

  private ActorRef<Command> entity() {
    return entity(KEY, 1_000);
  }

  private ActorRef<Command> entity(String key, int snapshotEvery) {
    return KIT.spawn(KeyEntity.create(new KeyEntity.Kind("p", SPEC, each -> WATCH, outbox, watermarks, () -> checks++, here -> { }, local, Rules::learn, snapshotEvery), key, shard.ref()));
  }

  private static Observation at(long offset, long timestamp, long watermark) {
    return new Observation(offset, timestamp, watermark, new double[0], null);
  }

  /** Observations 10 ms and some into the first second, with offsets {@code first} to {@code last}. */
  private static List<Observation> early(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(offset -> at(offset, 10 + offset, -1)).toList();
  }

  private Observe observe(long previous, List<Observation> observations) {
    return new Observe(RUN, SOURCE, previous, observations, false, false, answers.ref());
  }

  private Observe first(List<Observation> observations) {
    return observe(KeyWindows.NO_PREVIOUS, observations);
  }

  private Persist persist(long last) {
    return new Persist(RUN, SOURCE, last, -1, answers.ref());
  }

  private void persisted(ActorRef<Command> entity, long last) {
    entity.tell(persist(last));
    answers.expectMessage(new Durable(RUN, KEY, last));
  }

  /** Also shows that everything told before has been handled. */
  private KeyResult get(ActorRef<Command> entity, boolean durable) {
    entity.tell(new Get(durable, results.ref()));
    return results.receiveMessage();
  }

  private long count(ActorRef<Command> entity, boolean durable) {
    return get(entity, durable).windows().stream().mapToLong(each -> each.count()).sum();
  }

  private void noAnswerYet(ActorRef<Command> entity) {
    get(entity, false);
    answers.expectNoMessage(Duration.ZERO);
  }

  private List<WindowsAdvanced> journal() {
    return JOURNAL.persistedInStorage(ID).stream().map(WindowsAdvanced.class::cast).toList();
  }

  private static void crash(ActorRef<Command> entity) {
    KIT.stop(entity);
  }

  // ---- in memory because somebody asked

  @Test
  void aKeyThatNeverWasLeavesNothingBehind() {
    ActorRef<Command> entity = entity();
    assertEquals(List.of(), get(entity, false).seen());
    TIME.timePasses(Duration.ofMillis(1));
    assertEquals(entity, ((ClusterSharding.Passivate<?>) shard.receiveMessage()).entity());
    entity.tell(new Stop());
    answers.expectTerminated(entity);
    assertEquals(List.of(), journal());
    assertFalse(local.contains(KEY));
  }

  @Test
  void aKeyThatIsOnlyReadLeavesMemoryAgainAndOneThatHasEventsStays() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 4)));
    persisted(entity, 4);
    get(entity, false);
    crash(entity);
    ActorRef<Command> read = entity();
    assertEquals(5, count(read, false));
    TIME.expectNoMessageFor(Duration.ofMillis(900), shard);
    assertEquals(5, count(read, false), "asked again");
    TIME.expectNoMessageFor(Duration.ofMillis(900), shard);
    TIME.timePasses(Duration.ofMillis(200));
    assertEquals(read, ((ClusterSharding.Passivate<?>) shard.receiveMessage()).entity(), "and the other had not asked to");
    assertEquals(5, count(read, false), "until it is told to go it answers");
    read.tell(new Stop());
    answers.expectTerminated(read);
  }

  /** Else each question of a quiet key would send its newest close again. */
  @Test
  void aCloseThatIsSentAgainBecauseSomebodyAskedIsRecorded() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 4)));
    entity.tell(new Persist(RUN, SOURCE, 4, 5_000, answers.ref()));
    answers.expectMessage(new Durable(RUN, KEY, 4));
    crash(entity);
    for (int asked = 0; asked < 3; asked++) {
      ActorRef<Command> read = entity();
      get(read, false);
      read.tell(new Stop());
      answers.expectTerminated(read);
    }
    assertEquals(2, outbox.items().stream().filter(Outbox.Closed.class::isInstance).count());
  }

  // ---- exactness

  @Test
  void aBatchAfterSomethingLostIsAnsweredWithAGapAndNotCounted() {
    ActorRef<Command> entity = entity();
    entity.tell(observe(5, early(6, 7)));
    answers.expectMessage(new Gap(RUN, KEY, -1));
    entity.tell(first(early(0, 1)));
    entity.tell(observe(5, early(6, 7)));
    answers.expectMessage(new Gap(RUN, KEY, 1));
    assertEquals(2, count(entity, false));
  }

  @Test
  void aBatchThatComesTwiceOrOverlapsCountsOnce() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 3)));
    entity.tell(first(early(0, 3)));
    entity.tell(observe(1, early(2, 5)));
    assertEquals(6, count(entity, false));
  }

  @Test
  void aBatchIsAcknowledgedWhenAsked() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 0)));
    entity.tell(new Observe(RUN, SOURCE, 0, early(1, 1), true, false, answers.ref()));
    answers.expectMessage(new Accepted(RUN, KEY));
    noAnswerYet(entity);
  }

  @Test
  void aPersistOfWhatNeverCameIsAGapAndClosesNothing() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    entity.tell(new Persist(RUN, SOURCE, 9, 5_000, answers.ref()));
    answers.expectMessage(new Gap(RUN, KEY, 1));
    assertNull(get(entity, false).windows().get(0).closedBy());
  }

  @Test
  void anAdvanceOverSomethingLostIsAGapAndClosesNothing() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    entity.tell(new Advance(RUN, SOURCE, 9, 5_000, Long.MIN_VALUE, answers.ref()));
    answers.expectMessage(new Gap(RUN, KEY, 1));
    assertNull(get(entity, false).windows().get(0).closedBy());
  }

  // ---- durable means that it has left, too

  @Test
  void durableIsSaidWhenTheOutboxIsDone() {
    outbox.hold();
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    entity.tell(persist(1));
    RecordingOutbox.Sending sending = outbox.next();
    assertEquals(List.of(new Outbox.Opened(0, 4)), sending.items());
    noAnswerYet(entity);
    assertEquals(2, count(entity, true));
    sending.succeed();
    answers.expectMessage(new Durable(RUN, KEY, 1));
  }

  @Test
  void anOutboxThatFailsIsTriedAgainBeforeDurableIsSaid() {
    outbox.hold();
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    entity.tell(persist(1));
    for (int i = 0; i < 3; i++) {
      RecordingOutbox.Sending sending = outbox.next();
      assertEquals(List.of(new Outbox.Opened(0, 4)), sending.items());
      sending.fail();
      noAnswerYet(entity);
      TIME.timePasses(Duration.ofSeconds(1));
    }
    outbox.next().succeed();
    answers.expectMessage(new Durable(RUN, KEY, 1));
    assertEquals(1, journal().size());
  }

  @Test
  void whatIsDurableAlreadyIsSaidAgainWithoutAnotherEvent() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    persisted(entity, 1);
    entity.tell(first(early(0, 1)));
    persisted(entity, 1);
    assertEquals(1, journal().size());
  }

  // ---- what is not put off

  @Test
  void anAlertIsPersistedAtOnceAndSentOnlyThen() {
    ActorRef<Command> entity = entity();
    outbox.hold();
    entity.tell(first(early(0, 1)));
    get(entity, false);
    assertEquals(0, journal().size());
    entity.tell(observe(1, early(2, 2)));
    RecordingOutbox.Sending sending = outbox.next();
    assertEquals(1, sending.persisted());
    assertEquals(List.of(new Outbox.Opened(0, 4), new Outbox.Raised(List.of(THREE))), sending.items());
    assertEquals(List.of(THREE), journal().get(0).alerts());
    assertEquals(List.of(THREE), get(entity, true).alerts());
  }

  /** Nobody would tell a silent key that an hour has passed in which nothing came. */
  @Test
  void anHourInWhichNothingComesIsAwaitedAndRaisesItsAlert() throws Exception {
    Rules absence = new Rules(List.of(new Rules.Compiler(SPEC).compile(new RuleSpec("absent", "window.count < 1", Optional.empty(),
        Optional.of(On.CLOSE), Optional.empty(), 0, 0, NoData.KEEP, "warning", Map.of(), "gone", ""))));
    ActorRef<Command> entity = KIT.spawn(KeyEntity.create(new KeyEntity.Kind("p", SPEC, new RuleBook(absence)::forKey, outbox, watermarks, () -> checks++,
        here -> { }, local, Rules::learn, 1_000), KEY, shard.ref()));
    entity.tell(first(early(0, 1)));
    entity.tell(new Advance(RUN, SOURCE, 1, 999, Long.MIN_VALUE, answers.ref()));
    answers.expectMessage(new Advanced(RUN, KEY));
    assertTrue(outbox.items().contains(new Outbox.Opened(1_000, 4)));
    entity.tell(new Advance(RUN, SOURCE, 1, 1_999, Long.MIN_VALUE, answers.ref()));
    answers.expectMessage(new Advanced(RUN, KEY));
    assertEquals(List.of(2_000L), outbox.items().stream().filter(Outbox.Raised.class::isInstance)
        .map(item -> ((Outbox.Raised) item).alerts().get(0).at()).toList());
    assertEquals(2_000, journal().get(1).alerts().get(0).at());
    entity.tell(new Advance(RUN, SOURCE, 1, 9_999, Long.MIN_VALUE, answers.ref()));
    answers.expectMessage(new Advanced(RUN, KEY));
    assertEquals(List.of(), outbox.items());
  }

  @Test
  void aFloodOfLateEventsIsPersistedBeforeItMakesAnEventTooLarge() {
    ActorRef<Command> entity = entity();
    entity.tell(first(List.of(at(0, 5_001, 5_000))));
    entity.tell(observe(0, IntStream.rangeClosed(1, 499).mapToObj(i -> at(i, 10, 5_000)).toList()));
    get(entity, false);
    assertEquals(0, journal().size());
    entity.tell(observe(499, List.of(at(500, 10, 5_000))));
    assertEquals(500, get(entity, true).late());
    assertEquals(500, journal().get(0).late().size());
  }

  @Test
  void aWindowThatClosesLeavesOnceWhatItHoldsIsDurable() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    entity.tell(observe(1, List.of(at(2, 1_000, 998))));
    get(entity, false);
    assertEquals(0, journal().size());
    entity.tell(observe(2, List.of(at(3, 1_001, 999))));
    persisted(entity, 3);
    Outbox.Closed closed = closed(outbox.items());
    assertEquals(2, closed.window().count());
    assertEquals("watermark", closed.window().closedBy());
    assertEquals(1, journal().size());
  }

  /** While much more is to come, as after a stop. */
  @Test
  void aWindowThatClosesBehindLeavesWithTheNextPersist() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    entity.tell(new Observe(RUN, SOURCE, 1, List.of(at(2, 1_001, 999)), false, true, answers.ref()));
    entity.tell(new Observe(RUN, SOURCE, 2, List.of(at(3, 2_001, 1_999)), true, true, answers.ref()));
    answers.expectMessage(new Accepted(RUN, KEY));
    assertEquals(0, journal().size());
    persisted(entity, 3);
    assertEquals(1, journal().size());
    List<Outbox.Closed> closed = outbox.items().stream().filter(Outbox.Closed.class::isInstance).map(Outbox.Closed.class::cast).toList();
    assertEquals(List.of(0L, 1_000L), closed.stream().map(each -> each.window().start()).toList());
    assertEquals(List.of(2L, 1L), closed.stream().map(each -> each.window().count()).toList());
  }

  /** Windows of a second, behind by hours: an event must not grow without a bound. */
  @Test
  void manyWindowsThatCloseBehindDoNotWait() {
    ActorRef<Command> entity = entity();
    List<Observation> aMinute = LongStream.range(0, 60).mapToObj(second -> at(second, second * 1_000, second * 1_000 - 1)).toList();
    entity.tell(new Observe(RUN, SOURCE, KeyWindows.NO_PREVIOUS, aMinute.subList(0, 32), true, true, answers.ref()));
    answers.expectMessage(new Accepted(RUN, KEY));
    assertEquals(0, journal().size());
    entity.tell(new Observe(RUN, SOURCE, 31, aMinute.subList(32, 60), false, true, answers.ref()));
    assertEquals(59, get(entity, true).seen().get(0).offset());
    assertEquals(1, journal().size());
  }

  private static Outbox.Closed closed(List<Outbox.Item> items) {
    return items.stream().filter(Outbox.Closed.class::isInstance).map(Outbox.Closed.class::cast).findFirst().orElseThrow();
  }

  @Test
  void theClockClosesAQuietKeyAndThatIsRecorded() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    persisted(entity, 1);
    outbox.items();
    entity.tell(new Advance(RUN, SOURCE, 1, -1, 999, answers.ref()));
    answers.expectMessage(new Advanced(RUN, KEY));
    assertNull(get(entity, true).windows().get(0).closedBy());
    outbox.hold();
    entity.tell(new Advance(RUN, SOURCE, 1, -1, 1_000, answers.ref()));
    RecordingOutbox.Sending sending = outbox.next();
    assertEquals("wallclock", closed(sending.items()).window().closedBy());
    assertEquals(List.of(0L), journal().get(1).closedByClock());
    noAnswerYet(entity);
    sending.succeed();
    answers.expectMessage(new Advanced(RUN, KEY));
  }

  // ---- coming and going

  @Test
  void aStoppedKeyComesBackWithEverything() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    outbox.hold();
    entity.tell(new Stop());
    RecordingOutbox.Sending sending = outbox.next();
    assertEquals(1, sending.persisted());
    get(entity, false);
    sending.succeed();
    answers.expectTerminated(entity);
    outbox.release();
    ActorRef<Command> next = entity();
    assertEquals(2, count(next, true));
    next.tell(observe(1, early(2, 2)));
    assertEquals(3, count(next, false));
  }

  /** Kafka is away, say: the key leaves from where it is next. */
  @Test
  void whatDoesNotLeaveKeepsNoKeyForLong() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    outbox.hold();
    entity.tell(new Stop());
    outbox.next();
    get(entity, false);
    TIME.timePasses(Duration.ofSeconds(1));
    answers.expectTerminated(entity);
    assertEquals(1, journal().size());
    outbox.release();
    entity();
    assertEquals(List.of(new Outbox.Opened(0, 4)), outbox.next().items());
  }

  /** A close of a quiet key writes no event; after a restart it follows from what its partition has committed. */
  @Test
  void aWindowThatHasClosedIsClosedAfterTheKeyHasLeftMemory() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    persisted(entity, 1);
    entity.tell(new Advance(RUN, SOURCE, KeyWindows.NO_PREVIOUS, 999, Long.MIN_VALUE, answers.ref()));
    answers.expectMessage(new Advanced(RUN, KEY));
    assertTrue(get(entity, true).windows().get(0).closed());
    entity.tell(new Stop());
    answers.expectTerminated(entity);
    assertEquals(1, journal().size());
    durableWatermark = 999;
    ActorRef<Command> next = entity();
    assertTrue(get(next, false).windows().get(0).closed());
    assertTrue(get(next, true).windows().get(0).closed());
  }

  @Test
  void aKeyIsToldDirectlyWhileItIsInMemory() {
    ActorRef<Command> entity = entity();
    persisted(entity, -1);
    assertTrue(local.tell(KEY, first(early(0, 1))));
    assertEquals(2, count(entity, false));
    entity.tell(new Stop());
    answers.expectTerminated(entity, Duration.ofSeconds(5));
    assertFalse(local.tell(KEY, observe(1, early(2, 2))));
    assertEquals(2, count(entity(), false));
  }

  @Test
  void aKeyWithNothingPendingStopsWithoutAnEvent() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 1)));
    persisted(entity, 1);
    entity.tell(new Stop());
    answers.expectTerminated(entity);
    assertEquals(1, journal().size());
  }

  @Test
  void afterACrashWhatMayNotHaveLeftLeavesAgainAndNothingCountsTwice() {
    outbox.hold();
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 2)));
    outbox.next();
    crash(entity);
    outbox.release();
    ActorRef<Command> next = entity();
    next.tell(first(early(0, 2)));
    persisted(next, 2);
    assertEquals(List.of(new Outbox.Opened(0, 4), new Outbox.Raised(List.of(THREE))), outbox.items());
    assertEquals(3, count(next, false));
    assertEquals(1, journal().size());
  }

  @Test
  void anAlertWhoseSendingFailedIsSentAfterACrashEvenIfOtherEventsFollowed() {
    outbox.hold();
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 2)));
    outbox.next();
    entity.tell(observe(2, early(3, 3)));
    entity.tell(persist(3));
    noAnswerYet(entity);
    assertEquals(2, journal().size());
    crash(entity);
    outbox.release();
    ActorRef<Command> next = entity();
    persisted(next, 3);
    assertTrue(outbox.items().contains(new Outbox.Raised(List.of(THREE))));
  }

  @Test
  void lateEventsWhoseSendingFailedAreSentAfterACrashWithTheirTotal() {
    ActorRef<Command> entity = entity();
    entity.tell(first(List.of(at(0, 5_001, 5_000))));
    persisted(entity, 0);
    outbox.items();
    outbox.hold();
    entity.tell(observe(0, List.of(at(1, 10, 5_000), at(2, 20, 5_000))));
    entity.tell(persist(2));
    outbox.next();
    entity.tell(observe(2, List.of(at(3, 30, 5_000))));
    entity.tell(persist(3));
    noAnswerYet(entity);
    crash(entity);
    outbox.release();
    ActorRef<Command> next = entity();
    persisted(next, 3);
    List<LateEvent> late = List.of(new LateEvent(0, 10, SOURCE, 1), new LateEvent(0, 20, SOURCE, 2), new LateEvent(0, 30, SOURCE, 3));
    assertTrue(outbox.items().contains(new Outbox.Late(late, List.of(new Outbox.Total(0, 3)))));
    assertEquals(3, get(next, true).late());
  }

  @Test
  void whatIsKnownToHaveLeftIsNotSentAgain() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 2)));
    persisted(entity, 2);
    entity.tell(observe(2, List.of(at(3, 1_500, 1_499))));
    persisted(entity, 3);
    entity.tell(observe(3, List.of(at(4, 1_600, 1_500))));
    persisted(entity, 4);
    crash(entity);
    outbox.items();
    ActorRef<Command> next = entity();
    persisted(next, 4);
    assertEquals(List.of(new Outbox.Opened(1_000, 4)), outbox.items());
  }

  /** Else it would be told again whenever somebody asks for the key. */
  @Test
  void anAlertThatHasLeftIsRecordedAsLeftBeforeTheKeyLeavesMemory() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 2)));
    persisted(entity, 2);
    entity.tell(new Stop());
    answers.expectTerminated(entity);
    assertTrue(journal().get(journal().size() - 1).sent());
    int events = journal().size();
    outbox.items();
    ActorRef<Command> next = entity();
    assertEquals(3, count(next, true));
    assertEquals(List.of(new Outbox.Opened(0, 4)), outbox.items());
    next.tell(new Stop());
    answers.expectTerminated(next);
    assertEquals(events, journal().size());
  }

  /** The watermark has not passed it: only the record of the clock's close says that it is closed. */
  @Test
  void aWindowThatTheClockClosedAndThatMayNotHaveLeftLeavesAgain() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 0)));
    persisted(entity, 0);
    outbox.hold();
    entity.tell(new Advance(RUN, SOURCE, 0, -1, 5_000, answers.ref()));
    get(entity, true);
    crash(entity);
    outbox.release();
    entity();
    assertEquals("wallclock", closed(outbox.next().items()).window().closedBy());
  }

  /** With several partitions the watermark that closed a window does not follow from the log. */
  @Test
  void aWindowThatClosesWhileItsKeyComesBackIsRecordedBeforeItLeaves() {
    mixed = true;
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 0)));
    persisted(entity, 0);
    entity.tell(new Stop());
    answers.expectTerminated(entity);
    outbox.items();
    durableWatermark = 2_000;
    ActorRef<Command> next = entity();
    assertEquals("watermark", get(next, true).windows().get(0).closedBy());
    persisted(next, 0);
    assertEquals(1, closed(outbox.items()).window().count());
    assertEquals(2_000, journal().get(journal().size() - 1).watermark());
    crash(next);
    durableWatermark = Watermark.NONE;
    ActorRef<Command> again = entity();
    again.tell(first(List.of(at(1, 500, 499))));
    assertEquals(1, get(again, false).late());
  }

  @Test
  void aClosedWindowThatMayNotHaveLeftLeavesAgainAsItWas() {
    ActorRef<Command> entity = entity();
    outbox.hold();
    entity.tell(first(early(0, 1)));
    entity.tell(observe(1, List.of(at(2, 1_500, 1_499))));
    outbox.next();
    crash(entity);
    outbox.release();
    ActorRef<Command> next = entity();
    persisted(next, 2);
    Outbox.Closed closed = closed(outbox.items());
    assertEquals(0, closed.window().start());
    assertEquals(2, closed.window().count());
  }

  @Test
  void aJournalThatFailsStopsTheKeyWhichLosesOnlyWhatWasNotDurable() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 0)));
    persisted(entity, 0);
    entity.tell(first(early(1, 1)));
    JOURNAL.failNextPersisted(ID);
    entity.tell(persist(1));
    answers.expectTerminated(entity);
    answers.expectNoMessage(Duration.ZERO);
    ActorRef<Command> next = entity();
    assertEquals(1, count(next, false));
    next.tell(observe(1, early(2, 2)));
    answers.expectMessage(new Gap(RUN, KEY, 0));
    next.tell(first(early(1, 2)));
    persisted(next, 2);
    assertEquals(3, count(next, true));
  }

  @Test
  void aSnapshotAndTheEventsAfterItGiveTheSameAsAllEvents() {
    KeyResult[] results = new KeyResult[2];
    for (int i = 0; i < 2; i++) {
      String key = i == 0 ? "snapshots" : "events";
      ActorRef<Command> entity = entity(key, i == 0 ? 3 : 1_000);
      for (int offset = 0; offset < 10; offset++) {
        entity.tell(first(List.of(at(2 * offset, offset * 300, offset * 300 - 401), at(2 * offset + 1, 0, offset * 300 - 401))));
        entity.tell(new Persist(RUN, SOURCE, 2 * offset + 1, offset * 300 - 401, answers.ref()));
        answers.expectMessageClass(Durable.class);
      }
      if (i == 0) {
        SNAPSHOTS.expectNextPersistedClass("p|" + key, KeySnapshot.class);
      }
      crash(entity);
      ActorRef<Command> next = entity(key, 1_000);
      results[i] = get(next, true);
      assertEquals(results[i].windows(), get(next, false).windows());
    }
    assertEquals(results[1], results[0]);
    assertTrue(results[0].late() > 0);
  }

  /** Before it handles anything, and again when a write has come back: a node that paused meanwhile must not answer. */
  @Test
  void itAsksWhetherTheKeyIsStillItsOwnBeforeItActs() {
    ActorRef<Command> entity = entity();
    entity.tell(first(early(0, 0)));
    entity.tell(persist(0));
    answers.expectMessageClass(Durable.class);
    assertTrue(checks >= 3, "checks: " + checks + " (expected: two messages and one write)");
  }
}
