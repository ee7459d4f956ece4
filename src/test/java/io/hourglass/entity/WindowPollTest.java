package io.hourglass.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.rule.Rules;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.RestingKey;
import io.hourglass.window.Source;
import io.hourglass.window.Watch;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Keys asked together for one window: in memory, at rest, in the journal. */
class WindowPollTest {
  private static final ActorTestKit KIT = ActorTestKit.create("poll", ConfigFactory.load(
      ConfigFactory.parseString("akka { actor.provider = local, coordinated-shutdown.exit-jvm = off, loglevel = OFF }")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.parseResources("node.conf"))));
  private static final Source SOURCE = new Source("topic", 0);
  private static final KeySpec SPEC = new KeySpec(new WindowSpec(1_000, ZoneOffset.UTC, 0, 0), PaneSpec.OFF, List.of(), 60_000);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LocalKeys local = new LocalKeys();
  private final TestProbe<KeyProtocol.Answer> answers = KIT.createTestProbe();

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  private ActorRef<Command> key(String name, int events) {
    ActorRef<Command> entity = KIT.spawn(KeyEntity.create(new KeyEntity.Kind("polled", SPEC, each -> Watch.NONE,
        (key, items) -> CompletableFuture.completedFuture(Done.getInstance()), new NothingDurable(), () -> { }, here -> { }, local, Rules::learn, 50), name, KIT.<ClusterSharding.ShardCommand>createTestProbe().ref()));
    List<Observation> observations = LongStream.range(0, events).mapToObj(i -> new Observation(i, i, Watermark.NONE, new double[0], null)).toList();
    entity.tell(new KeyProtocol.Observe(1, SOURCE, KeyWindows.NO_PREVIOUS, observations, true, false, answers.ref()));
    answers.expectMessage(new KeyProtocol.Accepted(1, name));
    return entity;
  }

  /** Counts by key; −1: nothing of that window. */
  private Map<String, Long> counts(long start) throws Exception {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    WindowPoll poll = local.poll(start, (key, share) -> counts.put(key, share == null ? -1 : share.count()));
    poll.begin();
    poll.answered().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return new TreeMap<>(counts);
  }

  @Test
  void everyKeyInMemoryTellsWhatIsNotDurableToo() throws Exception {
    key("a", 3);
    key("b", 5);
    assertEquals(Map.of("a", 3L, "b", 5L), counts(0));
    assertEquals(Map.of("a", -1L, "b", -1L), counts(1_000));
  }

  @Test
  void aKeyThatHasLeftIsAtRestUntilItComesBack() throws Exception {
    key("c", 2);
    ActorRef<Command> leaving = key("d", 4);
    leaving.tell(new KeyProtocol.Stop());
    answers.expectTerminated(leaving);
    assertEquals(Map.of("c", 2L), counts(0));
    assertEquals(List.of("d"), local.resting().all().stream().map(RestingKeys.Rest::key).toList());
    assertEquals(4, local.resting().all().get(0).held().share(0, Watermark.NONE).count());
    key("d", 6);
    assertEquals(Map.of("c", 2L, "d", 6L), counts(0));
    assertTrue(local.resting().all().isEmpty());
  }

  @Test
  void aPollPassesOverKeysThatHaveLeftBeforeTheirTurn() throws Exception {
    ActorRef<Command> leaving = key("e", 4);
    WindowPoll poll = local.poll(0, (key, share) -> { });
    leaving.tell(new KeyProtocol.Stop());
    answers.expectTerminated(leaving);
    poll.begin();
    assertEquals(List.of("e"), poll.waitedFor());
    assertTrue(local.passOver(poll));
    assertEquals(List.of(), poll.waitedFor());
  }

  @Test
  void aStoredKeyIsReadWithoutComingToLife() throws Exception {
    ActorRef<Command> gone = key("f", 7);
    gone.tell(new KeyProtocol.Stop());
    answers.expectTerminated(gone);
    RestingKey read = StoredKey.read(KIT.system(), "polled", "f", SPEC, PATIENCE).toCompletableFuture().join();
    assertEquals(7, read.share(0, Watermark.NONE).count());
    assertEquals(Map.of(), counts(0));
    RestingKey never = StoredKey.read(KIT.system(), "polled", "never", SPEC, PATIENCE).toCompletableFuture().join();
    assertEquals(null, never.share(0, Watermark.NONE));
  }

  @Test
  void whatWasReadDoesNotHoldOnceTheKeyHasCome() {
    RestingKey read = StoredKey.read(KIT.system(), "polled", "g", SPEC, PATIENCE).toCompletableFuture().join();
    local.lookFor("g");
    key("g", 1);
    local.lookedAt("g", read, 9);
    assertTrue(local.resting().all().isEmpty());
    local.lookFor("h");
    local.lookedAt("h", read, 9);
    assertEquals(1, local.resting().all().size());
  }
}
