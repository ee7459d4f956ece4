package io.hourglass.load.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Locale;

/**
 * Measures engines on the same events, one after the other, several rounds; or at the pace of the events. Fails when one of
 * them has counted wrong.
 */
public final class Comparison {
  private static final String EVENTS = "events";

  private final Options options = Options.fromSystemProperties();
  private final Stage stage = new Stage();
  private final Oracle oracle = new Oracle(options.workload());
  private volatile Engine engine;

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var comparison = new Comparison();
    Runtime.getRuntime().addShutdownHook(new Thread(comparison::stop, "comparison-stop"));
    try {
      comparison.run();
    } finally {
      comparison.stop();
    }
  }

  private void run() throws IOException {
    Stage.say("%,d events, %,d of them late", options.workload().events(), oracle.late());
    stage.start(options.engines().contains(Engines.HOURGLASS));
    if (options.rate() > 0) {
      paced();
    } else {
      unpaced();
    }
  }

  private void unpaced() throws IOException {
    fill();
    var results = new Results();
    for (var round = 1; round <= options.rounds(); round++) {
      for (var name : options.engines()) {
        measure(name, round, results);
      }
    }
    publish(new Report(options, results).markdown());
    Files.writeString(Stage.DATA.resolve("chart.svg"), new Chart(results).svg());
    requireExact(results.exact());
  }

  private void fill() {
    var start = System.nanoTime();
    stage.kafka().createTopics(options.partitions(), EVENTS);
    new Filling(stage.kafka()).fill(EVENTS, options.workload(), 0);
    Stage.say("filled the topic in %.0f s", (System.nanoTime() - start) / 1e9);
  }

  private void measure(String name, int round, Results results) {
    Calm.await(stage.servers());
    Stage.say("round %d: %s", round, name);
    engine = Engines.create(name, name + "-" + round, stage, EVENTS, options.partitions());
    try (var commits = new Commits(stage.kafka(), EVENTS, engine.group())) {
      var course = new Follow(engine, stage, commits).untilDurable(options.workload().events(), options.warmUp());
      var verdict = engine.check(oracle);
      results.add(name, course, verdict);
      Stage.say("  durable after %.1f s, %.2f CPU-s per million cold, %.2f warm; %s", course.seconds(), course.cold().engine(),
          course.hasWarm() ? course.warmed().engine() : Double.NaN, verdict);
    } finally {
      engine.stop();
    }
  }

  private void paced() throws IOException {
    var lines = new ArrayList<Paced.Line>();
    for (var round = 1; round <= options.rounds(); round++) {
      for (var name : options.engines()) {
        Calm.await(stage.servers());
        Stage.say("round %d: %s at %,d events/s", round, name, options.rate());
        var topic = EVENTS + "-" + name + "-" + round;
        stage.kafka().createTopics(options.partitions(), topic);
        engine = Engines.create(name, name + "-" + round, stage, topic, options.partitions());
        lines.add(new Paced(options, stage).run(name, engine, topic, oracle));
      }
    }
    var text = new StringBuilder(Paced.Line.HEAD);
    lines.forEach(line -> text.append('\n').append(line));
    publish(text.append('\n').toString());
    requireExact(lines.stream().allMatch(line -> line.verdict().exact()));
  }

  private static void publish(String markdown) throws IOException {
    System.out.println(markdown);
    Files.writeString(Stage.DATA.resolve("report.md"), markdown);
  }

  private static void requireExact(boolean exact) {
    if (!exact) {
      throw new IllegalStateException("Results differ from the events sent: see above.");
    }
  }

  private void stop() {
    if (engine != null) {
      engine.process().stop();
    }
    stage.stop();
  }
}
