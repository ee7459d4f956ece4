package io.hourglass.load.cluster;

import io.hourglass.services.Await;
import io.hourglass.services.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * A running cluster of three is rolled from the base build to the next two steps of a schema change and back to the
 * first, under load and queries; then every window and every alert is compared with the oracle.
 */
public final class RollingTest implements Stage.Play {
  private static final Path DATA = Checkout.path("target/rolling");
  private static final int RATE = 2_000;
  private static final int KEYS = 1_000;
  private static final int WINDOW_S = 30;
  private static final int QUERIES = 200;
  private static final Duration CALM = Duration.ofSeconds(20);

  private final Load load = Load.fromSystemProperties(RATE, KEYS, WINDOW_S);
  private final Map<Integer, Roll.Release> releases = new ConcurrentHashMap<>();
  private final Trio trio = new Trio(DATA, load, number -> Builds.jar(release(number).build()),
      number -> Map.of("HOURGLASS_ROLLOUT", Integer.toString(release(number).rollout()))).polite().lastingServers();
  private final Run run = new Run(trio, load);

  public static void main(String[] arguments) throws IOException {
    Stage.run(DATA, RollingTest::new);
  }

  @Override
  public Trio trio() {
    return trio;
  }

  @Override
  public boolean passed() {
    Screen.say("starting Kafka, Cassandra and three nodes");
    trio.startServers();
    trio.startNodes();
    var roll = new Roll(trio, releases);
    run.start();
    Screen.say("%,d events/s; warming up", load.rate());
    Await.pause(CALM);
    run.normalLag();
    var queries = new Queries(trio.places(), load, QUERIES);
    Await.pause(CALM);
    var moves = new Moves(trio.places());
    var measured = System.nanoTime();
    Await.pause(CALM);
    for (var step : plan()) {
      Screen.say("rolling to %s, %s", step.build(), step.order());
      moves.begin(step.build() + ", " + step.order().name().toLowerCase(Locale.ROOT));
      roll.to(step.build(), step.order());
      Await.pause(CALM);
    }
    queries.close();
    moves.close();
    var report = new RollingReport(load, trio, roll.handOffs(), moves.rollouts(), queries.answers().stream().filter(each -> each.at() >= measured).toList(),
        run.finish());
    Stage.report(DATA.resolve("report.md"), report.markdown());
    return report.passed();
  }

  private Roll.Release release(int number) {
    return releases.getOrDefault(number, new Roll.Release(Builds.BASE, 0));
  }

  private record Step(String build, Roll.Order order) {}

  /** {@code -Dmix=step-2} alone shows what happens without the first step. */
  private static List<Step> plan() {
    var mix = Load.text("mix", "step-1,step-2,step-1");
    var order = new Roll.Order[] {Roll.Order.REPLACE, Roll.Order.SURGE};
    var names = mix.split(",");
    return IntStream.range(0, names.length).mapToObj(i -> new Step(names[i].strip(), order[i % 2])).toList();
  }
}
