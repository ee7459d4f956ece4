package io.hourglass.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.ActorRef;
import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import io.hourglass.services.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Vector;
import scala.concurrent.Await$;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** A cluster of two, as its coordinator sees it. */
class FollowReadersTest {
  private static ActorSystem<Void> here;
  private static ActorSystem<Void> there;
  private static ActorRef regionHere;
  private static ActorRef regionThere;
  private final Map<Integer, String> readers = new HashMap<>();
  private boolean followed = true;
  private final FollowReaders strategy = new FollowReaders(here, 64, new Readers() {
    @Override
    public Optional<String> of(int shard) {
      return Optional.ofNullable(readers.get(shard));
    }

    @Override
    public boolean followed() {
      return followed;
    }
  });

  @BeforeAll
  static void start() {
    here = node();
    there = node();
    Cluster.get(here).manager().tell(Join.create(Cluster.get(here).selfMember().address()));
    Cluster.get(there).manager().tell(Join.create(Cluster.get(here).selfMember().address()));
    Await.until("both are up", Duration.ofSeconds(30), () ->
        StreamSupport.stream(Cluster.get(here).state().getMembers().spliterator(), false).filter(each -> each.status() == MemberStatus.up()).count() == 2);
    regionHere = Adapter.toClassic(here.systemActorOf(Behaviors.empty(), "region", akka.actor.typed.Props.empty()));
    regionThere = ref(there.address().toString());
  }

  private static ActorSystem<Void> node() {
    return ActorSystem.create(Behaviors.empty(), "follow", ConfigFactory.parseString("""
        akka { loglevel = ERROR, actor.provider = cluster, cluster.jmx.multi-mbeans-in-same-jvm = on
          remote.artery.canonical { hostname = "127.0.0.1", port = 0 } }
        """).withFallback(ConfigFactory.load()));
  }

  private static ActorRef ref(String node) {
    return ((ExtendedActorSystem) Adapter.toClassic(here)).provider().resolveActorRef(node + "/system/region");
  }

  @AfterAll
  static void stop() {
    there.terminate();
    here.terminate();
  }

  private static IndexedSeq<String> shards(int from, int to) {
    return Vector.from(CollectionConverters.asScala(IntStream.range(from, to).mapToObj(String::valueOf).toList()));
  }

  private static <T> T now(Future<T> future) {
    try {
      return Await$.MODULE$.result(future, scala.concurrent.duration.Duration.create(5, "s"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aShardIsAllocatedWhereItsPartitionIsRead() {
    readers.put(7, there.address().toString());
    readers.put(8, here.address().toString());
    Map<ActorRef, IndexedSeq<String>> held = Map.of(regionHere, shards(0, 2), regionThere, shards(2, 7));
    assertEquals(regionThere, now(strategy.allocateShard(regionHere, "7", held)));
    assertEquals(regionHere, now(strategy.allocateShard(regionThere, "8", held)));
    assertEquals(regionHere, now(strategy.allocateShard(regionThere, "9", held)));
  }

  @Test
  void shardsMoveToTheReadersOfTheirPartitions() {
    IntStream.range(0, 8).forEach(shard -> readers.put(shard, there.address().toString()));
    Map<ActorRef, IndexedSeq<String>> held = Map.of(regionHere, shards(0, 8), regionThere, shards(8, 9));
    assertEquals(Set.of("0"), now(strategy.rebalance(held, Set.of())));
    assertEquals(Set.of(), now(strategy.rebalance(held, Set.of("0"))));
  }

  /** A region whose node is a member no more, or was started anew, cannot say that it knows of a move. */
  @Test
  void nothingMovesWhileARegionCannotAnswer() {
    IntStream.range(0, 8).forEach(shard -> readers.put(shard, there.address().toString()));
    Map<ActorRef, IndexedSeq<String>> held =
        Map.of(regionHere, shards(0, 8), regionThere, shards(8, 9), ref("akka://follow@127.0.0.9:1"), shards(9, 9));
    assertEquals(Set.of(), now(strategy.rebalance(held, Set.of())));
  }

  @Test
  void whereNoShardBelongsToAPartitionTheyAreEvenedOut() {
    followed = false;
    Map<ActorRef, IndexedSeq<String>> held = Map.of(regionHere, shards(0, 20), regionThere, shards(20, 21));
    Set<String> moves = now(strategy.rebalance(held, Set.of()));
    assertFalse(moves.isEmpty());
    assertTrue(List.copyOf(moves).stream().allMatch(shard -> Integer.parseInt(shard) < 20), moves.toString());
  }
}
