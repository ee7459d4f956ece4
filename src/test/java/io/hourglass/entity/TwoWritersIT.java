package io.hourglass.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyProtocol.Answer;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.entity.KeyProtocol.Durable;
import io.hourglass.entity.KeyProtocol.Get;
import io.hourglass.entity.KeyProtocol.Observe;
import io.hourglass.entity.KeyProtocol.Persist;
import io.hourglass.entity.KeyProtocol.Stop;
import io.hourglass.services.CassandraServer;
import io.hourglass.services.Services;
import io.hourglass.settings.Settings;
import io.hourglass.store.SchemaScript;
import io.hourglass.window.KeyResult;
import io.hourglass.window.KeySpec;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.Source;
import io.hourglass.window.Watch;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two entities of one key alive at once, on a real journal: what a node that was paused, or is cut off, leads to.
 * Both write under the same sequence numbers; whoever reads the journal next holds what the further one held.
 */
class TwoWritersIT {
  private static final String KEYSPACE = "two_writers";
  private static final Source SOURCE = new Source("topic", 0);
  private static final KeySpec SPEC = new KeySpec(new WindowSpec(3_600_000, ZoneOffset.UTC, 0, 0), PaneSpec.OFF, List.of(), 86_400_000);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final KeyEntity.Watermarks NOTHING_DURABLE = new KeyEntity.Watermarks() {
    @Override
    public long durable(int partition) {
      return Watermark.NONE;
    }

    @Override
    public boolean mixed() {
      return false;
    }
  };
  private static ActorTestKit kit;

  private final TestProbe<Answer> answers = kit.createTestProbe();
  private final TestProbe<KeyResult> results = kit.createTestProbe();
  private final String key = "k" + System.nanoTime();

  @BeforeAll
  static void start() {
    CassandraServer cassandra = Services.cassandra();
    try (CqlSession session = session()) {
      SchemaScript.apply(session, new Settings.Cassandra(List.of(cassandra.contactPoint()), "datacenter1", KEYSPACE, true));
    }
    kit = ActorTestKit.create("two-writers", config(cassandra.address()));
  }

  private static CqlSession session() {
    return CqlSession.builder().addContactPoint(Services.cassandra().contactPoint()).withLocalDatacenter("datacenter1").build();
  }

  private static Config config(String contactPoint) {
    return ConfigFactory.parseString("akka { actor.provider = local, coordinated-shutdown.exit-jvm = off }\n"
            + "hourglass.cassandra.keyspace = " + KEYSPACE + "\n"
            + "datastax-java-driver.basic { contact-points = [\"" + contactPoint + "\"]\n"
            + "load-balancing-policy.local-datacenter = datacenter1 }")
        .withFallback(ConfigFactory.parseResources("node.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  @AfterAll
  static void end() {
    kit.shutdownTestKit();
  }

  /** Events that a snapshot holds are deleted: the journal of a key does not grow. */
  @Test
  void eventsThatASnapshotHoldsAreDeleted() {
    ActorRef<Command> owner = entity(5);
    LongStream.range(0, 60).forEach(part -> write(owner, part * 10, part * 10 + 9));
    stop(owner);
    try (CqlSession session = session()) {
      long events = session.execute("SELECT count(*) FROM " + KEYSPACE + ".messages WHERE persistence_id = ? AND partition_nr = 0",
          KeyEntity.persistenceId("p", key)).one().getLong(0);
      assertTrue(events <= 15, "events left: " + events + " of 60");
    }
    expect(600, entity(5));
  }

  private ActorRef<Command> entity(int snapshotEvery) {
    return kit.spawn(KeyEntity.create(new KeyEntity.Kind("p", SPEC, each -> Watch.NONE,
        new RecordingOutbox(() -> 0), NOTHING_DURABLE, () -> { }, here -> { }, new LocalKeys(), (learnt, since) -> learnt, snapshotEvery), key, kit.<ClusterSharding.ShardCommand>createTestProbe().ref()));
  }

  /** Has the events with these offsets counted and made durable. */
  private void write(ActorRef<Command> entity, long first, long last) {
    List<Observation> observations = LongStream.rangeClosed(first, last)
        .mapToObj(offset -> new Observation(offset, 1_000 + offset, Watermark.NONE, new double[0], null)).toList();
    entity.tell(new Observe(1, SOURCE, KeyWindows.NO_PREVIOUS, observations, false, false, answers.ref()));
    entity.tell(new Persist(1, SOURCE, last, Watermark.NONE, answers.ref()));
    assertEquals(new Durable(1, key, last), answers.receiveMessage(PATIENCE));
  }

  private KeyResult held(ActorRef<Command> entity) {
    entity.tell(new Get(true, results.ref()));
    return results.receiveMessage(PATIENCE);
  }

  private void stop(ActorRef<Command> entity) {
    entity.tell(new Stop());
    answers.expectTerminated(entity, PATIENCE);
  }

  private void expect(long events, ActorRef<Command> entity) {
    KeyResult result = held(entity);
    assertEquals(events - 1, result.seen().get(0).offset());
    assertEquals(events, result.windows().get(0).count());
  }

  /** The one that has lost the key writes last, and less: Akka's own replay filter would keep its events alone. */
  @Test
  void theLateWriteOfAnEntityThatHasLostTheKeyIsSetAside() {
    ActorRef<Command> paused = entity(1_000);
    write(paused, 0, 9);
    ActorRef<Command> owner = entity(1_000);
    write(owner, 10, 19);
    write(owner, 20, 29);
    write(owner, 30, 39);
    write(paused, 10, 14);
    stop(owner);
    stop(paused);
    expect(40, entity(1_000));
  }

  @Test
  void theWriteThatGoesFurtherIsTaken() {
    ActorRef<Command> paused = entity(1_000);
    write(paused, 0, 9);
    ActorRef<Command> owner = entity(1_000);
    expect(10, owner);
    write(paused, 10, 29);
    write(owner, 10, 14);
    stop(owner);
    stop(paused);
    ActorRef<Command> next = entity(1_000);
    expect(30, next);
    write(next, 25, 49);
    stop(next);
    expect(50, entity(1_000));
  }

  /** Both stand at the highest sequence number: the one that was begun first comes first, however little it holds. */
  @Test
  void theNewestWriteIsTakenWhenAnotherStandsBesideIt() {
    ActorRef<Command> paused = entity(1_000);
    write(paused, 0, 9);
    ActorRef<Command> owner = entity(1_000);
    expect(10, owner);
    write(paused, 10, 14);
    write(owner, 10, 29);
    stop(owner);
    stop(paused);
    expect(30, entity(1_000));
  }

  @Test
  void aWriteFromBeforeTheSnapshotIsNotReadAnyMore() {
    ActorRef<Command> paused = entity(5);
    write(paused, 0, 9);
    ActorRef<Command> owner = entity(5);
    LongStream.range(1, 12).forEach(part -> write(owner, part * 10, part * 10 + 9));
    write(paused, 10, 14);
    stop(owner);
    stop(paused);
    expect(120, entity(5));
  }
}
