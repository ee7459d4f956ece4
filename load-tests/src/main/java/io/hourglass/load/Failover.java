package io.hourglass.load;

import io.hourglass.services.CassandraServer;
import io.hourglass.services.Checkout;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How long many active keys take to come back: two nodes hold them, one is killed while every key has an event waiting;
 * then both are ended and one begins with all keys, again with an event waiting for each. Fails when a key of the sample
 * does not hold every event.
 */
public final class Failover {
  private static final Path DATA = Checkout.path("target/failover");
  private static final String PIPELINE = "failover";
  private static final int PARTITIONS = 8;
  private static final int ROUNDS = 3;
  private static final int SAMPLE = 500;

  private final int keys = Integer.getInteger("keys", 100_000);
  private final KafkaBroker kafka = new KafkaBroker(DATA.resolve("kafka"), Port.free()).fullJit();
  private final CassandraServer cassandra = new CassandraServer(DATA.resolve("cassandra"), Port.free()).fullJit().heap("1g");
  private final int[] http = {Port.free(), Port.free()};
  private final int[] remote = {Port.free(), Port.free()};
  private final NodeProcess[] nodes = new NodeProcess[2];
  private int rounds;

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Failover test = new Failover();
    Runtime.getRuntime().addShutdownHook(new Thread(test::stop, "failover-stop"));
    test.run();
  }

  private void run() throws IOException {
    Services.empty(DATA);
    Files.createDirectories(DATA);
    Services.startTogether(kafka, cassandra);
    kafka.createTopics(PARTITIONS, PIPELINE);
    Path configuration = configuration();
    IntStream.range(0, 2).forEach(i -> nodes[i] = node(i, configuration));
    for (NodeProcess node : nodes) {
      node.start();
    }
    for (int round = 0; round < ROUNDS; round++) {
      send();
      comeBack(0).untilDurable();
    }
    say("%,d keys are active on two nodes".formatted(keys));
    killed();
    started();
    check();
  }

  private void killed() {
    send();
    String there = keyOf(1);
    ComeBack comeBack = comeBack(0);
    HotKey hot = new HotKey(http[0], PIPELINE, there);
    nodes[1].kill();
    report("one of two nodes killed", comeBack.untilDurable(), hot);
  }

  private void started() {
    nodes[0].stop();
    send();
    ComeBack comeBack = comeBack(0);
    HotKey hot = new HotKey(http[0], PIPELINE, Events.key(0));
    nodes[0].start();
    report("one node started", comeBack.untilDurable(), hot);
  }

  private ComeBack comeBack(int node) {
    return new ComeBack(new Api(http[node], PIPELINE), (long) rounds * keys, PARTITIONS);
  }

  private void report(String what, ComeBack.Times times, HotKey hot) {
    System.out.printf("%s, %,d keys with an event each: all %d partitions move after %.1f s, the last key is durable after %.1f s"
        + " (%,.0f keys/s in between)%n  a hot key, asked every 50 ms: %s%n",
        what, keys, PARTITIONS, times.moving(), times.durable(), keys / (times.durable() - times.moving()), hot.stop());
  }

  /** A key whose events the node with this index reads; any, when it reads none. */
  private String keyOf(int node) {
    List<Integer> theirs = new Api(http[0], PIPELINE).partitionsOf(remote[node]);
    return IntStream.range(0, keys).mapToObj(Events::key).filter(key -> theirs.contains(Filling.partition(key, PARTITIONS))).findFirst()
        .orElse(Events.key(0));
  }

  /** One more event for every key. */
  private void send() {
    new Filling(kafka).once(PIPELINE, keys, rounds++);
  }

  private void check() {
    Api api = new Api(http[0], PIPELINE);
    for (int key = 0; key < keys; key += Math.max(1, keys / SAMPLE)) {
      long count = 0;
      for (var window : api.windows(Events.key(key)).join()) {
        count += window.get("count").asLong();
      }
      if (count != rounds) {
        throw new IllegalStateException(Events.key(key) + ": " + count + " events (expected: " + rounds + ")");
      }
    }
    say("every key of the sample holds its " + rounds + " events");
  }

  private NodeProcess node(int index, Path configuration) {
    return new NodeProcess("node-" + index, DATA).services(kafka, cassandra).ports(http[index], Port.free(), remote[index])
        .options("-Xmx2g").configuration(configuration).timeouts(Duration.ofMinutes(3), Duration.ofMinutes(2))
        .property("hourglass.cassandra.create-schema", index == 0 ? "on" : "off")
        .property("akka.cluster.seed-nodes.0", "akka://hourglass@127.0.0.1:" + remote[0])
        .property("logback.configurationFile", Checkout.path("conf/logback.xml").toString());
  }

  /** Of two nodes one must go on when the other is killed: no majority to keep. */
  private Path configuration() throws IOException {
    return Files.writeString(DATA.resolve("failover.conf"), """
        hourglass { cassandra.keyspace = failover, entities.active-limit = %d }
        hourglass.pipelines.%s {
          source { topic = %s }
          timestamp = ts
          measures { bytes { field = bytes, aggregates = [sum, min, max, mean, stddev] } }
        }
        akka.cluster.split-brain-resolver { active-strategy = keep-oldest, keep-oldest.down-if-alone = off }
        """.formatted(2 * keys, PIPELINE, PIPELINE));
  }

  private void stop() {
    for (NodeProcess node : nodes) {
      if (node != null) {
        node.stop();
      }
    }
    kafka.stop();
    cassandra.stop();
  }

  private static void say(String message) {
    System.err.println(message);
  }
}
