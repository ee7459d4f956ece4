package io.hourglass.load.cluster;

import io.hourglass.services.Await;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** How each fault is brought about and taken back. */
final class FaultActions {
  /** The node whose clock can be shifted. */
  static final int CLOCK_NODE = 3;

  private final Trio trio;
  private final Clock clock;
  private final Disk disk;
  private final Runnable whenAllAreDead;

  /** @param whenAllAreDead called between the kill of all nodes and their start */
  FaultActions(Trio trio, Clock clock, Disk disk, Runnable whenAllAreDead) {
    this.trio = trio;
    this.clock = clock;
    this.disk = disk;
    this.whenAllAreDead = whenAllAreDead;
  }

  boolean possible(Fault fault) {
    return switch (fault.needs) {
      case NOTHING -> true;
      case LINKS -> Place.sandboxed();
      case CLOCK -> clock.built();
      case MOUNTS -> disk.mounted();
    };
  }

  private Member any(Random random) {
    return trio.member(1 + random.nextInt(Trio.NODES));
  }

  String kill(Random random) {
    var member = any(random);
    member.kill();
    return "node " + member.number();
  }

  String killAll(Random random) {
    var nodes = trio.wanted();
    nodes.forEach(member -> member.want(false));
    nodes.parallelStream().forEach(Member::kill);
    whenAllAreDead.run();
    nodes.forEach(member -> member.want(true));
    return "all nodes";
  }

  /** A node that ends meanwhile cannot be waked, and is started by its supervisor. */
  String pause(Random random, int seconds) {
    var member = any(random);
    var paused = member.process();
    paused.pause();
    last(seconds);
    if (paused.isRunning()) {
      paused.resume();
    }
    return "node " + member.number() + " for " + seconds + " s";
  }

  String cutPeers(Random random) {
    var member = any(random);
    var seconds = 10 + random.nextInt(31);
    Place.cut(member.number(), IntStream.rangeClosed(1, Trio.NODES).boxed().filter(other -> other != member.number()).toList());
    return healed(member, seconds);
  }

  String cutServices(Random random) {
    return cutPorts(random, trio.kafka().port(), trio.cassandra().port());
  }

  String cutKafka(Random random) {
    return cutPorts(random, trio.kafka().port());
  }

  String cutCassandra(Random random) {
    return cutPorts(random, trio.cassandra().port());
  }

  private String cutPorts(Random random, int... ports) {
    var member = any(random);
    var seconds = 10 + random.nextInt(31);
    Place.cutPorts(member.number(), ports);
    return healed(member, seconds);
  }

  private String healed(Member member, int seconds) {
    last(seconds);
    Place.heal(member.number());
    return "node " + member.number() + " for " + seconds + " s";
  }

  String restartKafka(Random random) {
    trio.kafka().restart();
    return "";
  }

  String killKafka(Random random) {
    trio.kafka().kill();
    trio.kafka().start();
    return "";
  }

  String restartCassandra(Random random) {
    trio.cassandra().restart();
    return "";
  }

  String cassandraAway(Random random) {
    trio.cassandra().stop();
    last(30);
    trio.cassandra().start();
    return "";
  }

  String cassandraSlow(Random random) {
    for (var pulse = 0; pulse < 40; pulse++) {
      trio.cassandra().pause();
      Await.pause(Duration.ofMillis(400));
      trio.cassandra().resume();
      Await.pause(Duration.ofMillis(100));
    }
    return "";
  }

  String storm(Random random) {
    new Storm(trio.kafka().bootstrap()).rage(Duration.ofSeconds(30));
    return "";
  }

  String clock(Random random) {
    var seconds = random.nextBoolean() ? 3_600 : -3_600;
    clock.shift(seconds);
    last(30);
    clock.shift(0);
    return "node " + CLOCK_NODE + (seconds > 0 ? " ahead" : " behind");
  }

  /** Cassandra ends itself when it cannot write; it is started when there is room again. */
  String diskFull(Random random) {
    disk.fill();
    last(20);
    disk.free();
    var ended = !trio.cassandra().isRunning();
    if (ended) {
      trio.cassandra().start();
    }
    return ended ? "Cassandra had ended itself" : "Cassandra went on";
  }

  static List<Fault> all() {
    return List.of(Fault.values());
  }

  private static void last(int seconds) {
    Await.pause(Duration.ofSeconds(seconds));
  }
}
