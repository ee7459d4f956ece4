package io.hourglass.load.cluster;

import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Three nodes under load, faults from a seeded schedule, then every window and every alert compared with the oracle.
 * Fails when anything differs, when an offset was committed past what is durable, or when the nodes did not come back
 * by themselves.
 */
public final class FaultTest implements Stage.Play {
  private static final Path DATA = Checkout.path("target/faults");
  private static final int RATE = 1_000;
  private static final int KEYS = 3_000;
  private static final int WINDOW_S = 20;
  private static final int WARM_UP_S = 25;

  private final Load load = Load.fromSystemProperties(RATE, KEYS, WINDOW_S);
  private final Clock clock = new Clock(DATA);
  private final Disk disk = new Disk(DATA.resolve("cassandra/data"));
  private final Trio trio = new Trio(DATA, load, number -> Checkout.path("target/hourglass.jar"),
      number -> number == FaultActions.CLOCK_NODE ? clock.environment() : Map.of()).crashSafe();
  private final Run run = new Run(trio, load);
  private final List<Incident> incidents = new ArrayList<>();

  public static void main(String[] arguments) throws IOException {
    Stage.run(DATA, FaultTest::new);
  }

  @Override
  public Trio trio() {
    return trio;
  }

  @Override
  public boolean passed() {
    disk.mount();
    clock.build();
    Screen.say("starting Kafka, Cassandra and three nodes");
    trio.startServers();
    trio.startNodes();
    run.start();
    Screen.say("%,d events/s; warming up", load.rate());
    Await.pause(Duration.ofSeconds(WARM_UP_S));
    var actions = new FaultActions(trio, clock, disk, run::checkCommits);
    var mix = new Mix(Load.text("mix", "random"), load.seed(), actions::possible);
    mix.skipped().forEach(fault -> Screen.say("%s: this machine does not allow it, skipped", fault.option()));
    var normal = run.normalLag();
    var end = System.nanoTime() + load.length().toNanos();
    while (System.nanoTime() < end && (incidents.isEmpty() || incidents.get(incidents.size() - 1).caughtUpS() >= 0)) {
      Await.pause(mix.pause());
      strike(mix.next(), actions, mix.random(), normal);
    }
    var verdict = run.finish();
    var report = new FaultReport(load, Load.text("mix", "random"), incidents, mix.skipped(), trio, verdict);
    Stage.report(DATA.resolve("report.md"), report.markdown());
    Screen.say("report: %s", Checkout.shown(DATA.resolve("report.md")));
    return verdict.exact() && incidents.stream().allMatch(incident -> incident.caughtUpS() >= 0);
  }

  private void strike(List<Fault> faults, FaultActions actions, Random random, long normal) {
    Screen.say("%s …", faults.stream().map(Fault::option).toList());
    var from = System.nanoTime();
    var struck = Volley.strike(faults, actions, random);
    var caughtUp = new Recovery(run.lag(), load.rate()).await(normal, System.nanoTime());
    for (var each : struck) {
      incidents.add(new Incident(each.fault(), each.what(), run.seconds(from), (each.over() - from) / 1e9,
          caughtUp < 0 ? -1 : (caughtUp - from) / 1e9));
      var incident = incidents.get(incidents.size() - 1);
      Screen.say("%s %s: lasted %.1f s, caught up after %.1f s", each.fault().option(), each.what(), incident.lastedS(), incident.caughtUpS());
    }
    if (caughtUp < 0) {
      trio.dump("stuck");
    }
    run.checkCommits();
    trio.awaitReady();
  }
}
