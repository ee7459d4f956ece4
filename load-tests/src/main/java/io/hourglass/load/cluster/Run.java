package io.hourglass.load.cluster;

import com.datastax.oss.driver.api.core.DriverException;
import io.hourglass.services.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/** The load on a cluster from its first event to the comparison with the oracle. */
final class Run {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  /** Event time stays so far behind the clock that a clock an hour wrong is within {@code max-ahead}. */
  private static final long BEHIND_MS = 600_000;
  private static final int SHOWN = 20;
  /** Events are durable some six seconds after they came: {@code persist-after}, and the commit. */
  private static final int KEEPING_UP_S = 10;

  private final Trio trio;
  private final Load load;
  private final long baseMs;
  private final Ledger ledger;
  private final List<String> faults = new ArrayList<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private Durability durability;
  private Driver driver;
  private Lag lag;
  private long startedAt;

  /**
   * @param faults what differs, the first of it; empty when all is exact
   * @param committed keys and partitions whose commit was compared with the journal
   */
  record Verdict(long events, long windows, long alerts, long committed, int frames, int connections, List<String> faults) {
    boolean exact() {
      return faults.isEmpty();
    }
  }

  Run(Trio trio, Load load) {
    this.trio = trio;
    this.load = load;
    var now = System.currentTimeMillis() - BEHIND_MS;
    this.baseMs = now - now % load.windowMs();
    this.ledger = new Ledger(load, baseMs);
  }

  void start() {
    durability = new Durability(trio.cassandra(), ledger, load);
    startedAt = System.nanoTime();
    driver = new Driver(load, trio.kafka().bootstrap(), new Generator(load, baseMs), ledger);
    lag = new Lag(trio.kafka().bootstrap(), load.partitions());
    IntStream.range(0, Trio.NODES).forEach(i -> subscribers.add(new Subscriber(trio.places(), i)));
  }

  Ledger ledger() {
    return ledger;
  }

  Lag lag() {
    return lag;
  }

  double seconds(long nanoTime) {
    return (nanoTime - startedAt) / 1e9;
  }

  /** The greatest of five seconds, when the nodes keep up. */
  long normalLag() {
    Await.until("the nodes keep up", PATIENCE, () -> lag.newest().total() < KEEPING_UP_S * load.rate());
    long greatest = 0;
    for (var look = 0; look < 20; look++) {
      Await.pause(Duration.ofMillis(250));
      greatest = Math.max(greatest, lag.newest() == null ? 0 : lag.newest().total());
    }
    Screen.say("%,d events not durable yet is normal", greatest);
    return greatest;
  }

  /** Compares what is committed now with what is in the journal; does nothing while Kafka or Cassandra does not answer. */
  void checkCommits() {
    try {
      lag.look().ifPresent(look -> fault(durability.violations(look.committed())));
    } catch (DriverException | CompletionException away) {
      Screen.say("commits not compared: %s", away.getMessage());
    }
  }

  private void fault(List<String> found) {
    found.stream().limit(SHOWN).forEach(each -> Screen.say("DIFFERENCE %s", each));
    faults.addAll(found);
  }

  /** Ends the load, waits until everything is durable, and compares. */
  Verdict finish() {
    Screen.say("the load ends");
    driver.close();
    try {
      Await.until("everything is durable", PATIENCE, () -> lag.newest().allBeyond(ledger.written()));
      trio.awaitReady();
    } catch (AssertionError late) {
      fault(List.of(late.getMessage()));
      trio.dump("stuck");
    }
    checkCommits();
    lag.close();
    var comparison = new Comparison(ledger, load);
    for (var member : trio.wanted()) {
      if (member.ready()) {
        Screen.say("comparing what node %d tells", member.number());
        var node = new Asking(member.api());
        comparison.windows(node, member.number() == 2 ? "consistency=durable" : "");
        comparison.alerts("node " + member.number(), Comparison.told(node));
      }
    }
    subscribers(comparison);
    fault(comparison.differences());
    return new Verdict(ledger.events(), comparison.windowsCompared(), comparison.alertsCompared(), durability.checked(),
        subscribers.stream().mapToInt(Subscriber::frames).sum(), subscribers.stream().mapToInt(Subscriber::connections).sum(),
        List.copyOf(faults));
  }

  private void subscribers(Comparison comparison) {
    var expected = ledger.frames().size();
    try {
      Await.until("subscribers have all alerts", Duration.ofSeconds(60),
          () -> subscribers.stream().allMatch(each -> each.alerts().size() >= expected));
    } catch (AssertionError late) {
      Screen.say("%s", late.getMessage());
    }
    subscribers.forEach(Subscriber::close);
    for (var i = 0; i < subscribers.size(); i++) {
      comparison.frames("subscriber " + (i + 1), subscribers.get(i).alerts());
      var number = i + 1;
      fault(subscribers.get(i).faults().stream().map(what -> "subscriber " + number + " " + what).toList());
    }
  }
}
