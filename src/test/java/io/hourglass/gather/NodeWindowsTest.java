package io.hourglass.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyEntity;
import io.hourglass.entity.KeyProtocol;
import io.hourglass.entity.LocalKeys;
import io.hourglass.entity.LocalWindows;
import io.hourglass.entity.NothingDurable;
import io.hourglass.entity.Shards;
import io.hourglass.query.Ranking;
import io.hourglass.rule.Rules;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.HourRows;
import io.hourglass.store.KeyRow;
import io.hourglass.store.Samples;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.Source;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.Watch;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A key that stays in memory, asked for an hour that runs and that is over. */
class NodeWindowsTest {
  private static final ActorTestKit KIT = ActorTestKit.create("node-windows", ConfigFactory.load(
      ConfigFactory.parseString("akka { actor.provider = local, coordinated-shutdown.exit-jvm = off, loglevel = OFF }")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.parseResources("node.conf"))));
  private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
  private static final Pipeline CLICKS = Samples.hourly("clicks", "UTC");
  private static final long HOUR = 3_600_000;
  private static final Source SOURCE = new Source("topic", 0);
  private static final String KEY = "k";
  private static final Ranking BY_COUNT = new Ranking("count", true, 10);

  private final LocalKeys local = new LocalKeys();
  private final KeyEntity.Kind kind = new KeyEntity.Kind("clicks", CLICKS.keys(), each -> Watch.NONE,
      (key, items) -> CompletableFuture.completedFuture(Done.getInstance()), new NothingDurable(), () -> { }, here -> { }, local, Rules::learn, 50);
  private final LocalWindows windows = new LocalWindows(KIT.system(), CLICKS, kind, null);
  private final TestProbe<KeyProtocol.Answer> answers = KIT.createTestProbe();
  private final Table table = new Table();
  private long now = HOUR / 2;
  private final NodeWindows node = new NodeWindows(KIT.system(), Map.of("clicks", windows), table, () -> Instant.ofEpochMilli(now));

  /** The first hour of the key, closed or not. */
  private static final class Table implements HourRows {
    private final AtomicInteger reads = new AtomicInteger();
    private volatile String closedBy;

    private WindowResult row() {
      return new WindowResult(0, HOUR, closedBy, 1, 0, 1, 0, Map.of());
    }

    @Override
    public CompletionStage<Done> each(Pipeline pipeline, int shard, long start, boolean measures, Consumer<KeyRow> told) {
      reads.incrementAndGet();
      told.accept(new KeyRow(KEY, new StoredWindow(row(), Map.of())));
      return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public CompletionStage<Optional<WindowResult>> window(Pipeline pipeline, String key, long start) {
      return CompletableFuture.completedFuture(Optional.of(row()));
    }
  }

  /** The shard of the key is here, and no other. */
  @BeforeAll
  static void hold() {
    Behavior<Void> shard = Behaviors.empty();
    Behavior<Void> region = Behaviors.setup(context -> {
      context.spawn(shard, Integer.toString(Shards.of(KEY, CLICKS.shards())));
      return Behaviors.empty();
    });
    Behavior<Void> sharding = Behaviors.setup(context -> {
      context.spawn(region, "keys-clicks");
      return Behaviors.empty();
    });
    KIT.system().systemActorOf(sharding, "sharding", Props.empty());
  }

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  private static Observation at(long offset, long timestamp) {
    return new Observation(offset, timestamp, timestamp - 30_001, new double[0], null);
  }

  private ActorRef<KeyProtocol.Command> key(String name) {
    return KIT.spawn(KeyEntity.create(kind, name, KIT.<ClusterSharding.ShardCommand>createTestProbe().ref()));
  }

  private void observe(ActorRef<KeyProtocol.Command> key, long offset, long timestamp) {
    observe(key, KEY, offset, timestamp);
  }

  private void observe(ActorRef<KeyProtocol.Command> key, String name, long offset, long timestamp) {
    key.tell(new KeyProtocol.Observe(1, SOURCE, KeyWindows.NO_PREVIOUS, List.of(at(offset, timestamp)), false, false, answers.ref()));
    key.tell(new KeyProtocol.Persist(1, SOURCE, offset, Watermark.NONE, answers.ref()));
    answers.expectMessage(Duration.ofSeconds(10), new KeyProtocol.Durable(1, name, offset));
  }

  private Part firstHour() throws Exception {
    return node.part(CLICKS, 0, BY_COUNT).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void anHourThatIsOverIsAnsweredWithTheKeysThatHaveForgottenIt() throws Exception {
    JOURNAL.clearAll();
    ActorRef<KeyProtocol.Command> key = key(KEY);
    observe(key, 0, 10);
    assertEquals(1, firstHour().open());
    assertEquals(1, firstHour().open());
    assertEquals(1, table.reads.get(), "while the hour runs the table is read once");
    observe(key, 1, HOUR + 10);
    observe(key, 2, 3 * HOUR);
    observe(key, 3, 3 * HOUR + 1);
    table.closedBy = "watermark";
    now = 3 * HOUR;
    Part over = firstHour();
    assertEquals(List.of(), over.missing());
    assertEquals(1, over.keys());
    assertEquals(0, over.open());
    assertEquals(2, table.reads.get());
  }

  /** Of a replayed stream the clock tells nothing. */
  @Test
  void anHourOfLongAgoIsReadAgainWhenAKeyOfTheShardHoldsNothingOfIt() throws Exception {
    JOURNAL.clearAll();
    now = 1_000 * HOUR;
    observe(key(KEY), 0, 10);
    firstHour();
    assertEquals(1, firstHour().open());
    assertEquals(1, table.reads.get(), "nobody can have forgotten it");
    String other = Stream.iterate(0, i -> i + 1).map(i -> "k" + i).filter(each -> Shards.of(each, CLICKS.shards()) == Shards.of(KEY, CLICKS.shards())).findFirst().get();
    observe(key(other), other, 0, HOUR + 10);
    assertEquals(1, firstHour().open());
    assertEquals(2, table.reads.get());
    now = HOUR / 2;
    assertEquals(1, firstHour().open());
    assertEquals(2, table.reads.get(), "while the hour runs nobody can have forgotten it");
  }

  @Test
  void aWindowRunsUntilAnEventCouldCloseTheNextOne() {
    long over = 2 * HOUR + 300_000 + 30_000 - HOUR - 60_000;
    assertTrue(OpenRows.running(CLICKS, 0, over - 1));
    assertFalse(OpenRows.running(CLICKS, 0, over));
    assertFalse(OpenRows.running(CLICKS, 0, over + 1));
  }
}
